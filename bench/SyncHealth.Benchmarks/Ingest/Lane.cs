namespace SyncHealth.Benchmarks.Ingest;

/// <summary>One way of loading the ingest process, measured round by round beside the others.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Transport">The way in.</param>
/// <param name="Resends">Share of the uploads that repeat an earlier one of the round.</param>
/// <param name="Announced">Whether uploads carry a batch id and resends their attempt, as the SDK's do.</param>
internal sealed record Lane(string Name, Transport Transport, double Resends = 0, bool Announced = true)
{
    /// <summary>A resend comes this many uploads after its original, which has been answered by then.</summary>
    private const int ResendDistance = 4 * LoadGenerator.Connections;

    public List<double> EventsPerSecond { get; } = [];

    /// <summary>Processor time per round, until everything is folded.</summary>
    public List<CpuTime> Cpu { get; } = [];

    /// <summary>Forgets the rounds so far.</summary>
    public void Forget()
    {
        EventsPerSecond.Clear();
        Cpu.Clear();
    }

    /// <summary>Uploads of devices that no other seed has.</summary>
    public IReadOnlyList<Upload> Uploads(int seed, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var random = new Random(seed);
        var uploads = new List<Upload>(count);

        // The first have nothing to repeat: the others make up for them.
        var share = Resends * count / (count - ResendDistance);
        foreach (var batch in new SampleLoad(seed, now).Batches(count))
        {
            var isResend = uploads.Count > ResendDistance && random.NextDouble() < share;
            uploads.Add(isResend
                ? uploads[random.Next(uploads.Count - ResendDistance)] with { IsResend = true }
                : new Upload(Transport.Encode(batch, now), batch.Events.Count, Announced ? $"{seed}-{uploads.Count}" : null, IsResend: false));
        }

        return uploads;
    }
}
