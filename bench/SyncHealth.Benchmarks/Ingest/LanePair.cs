namespace SyncHealth.Benchmarks.Ingest;

/// <summary>
/// Two lanes that differ by less than a machine does from one second to the next: slices of a third of a second each, right after one another in the order
/// a b b a, so that whatever else goes on, and whatever one slice leaves to the next, slows both alike. The next block is b a a b.
/// </summary>
/// <param name="measured">The lane whose speed is asked for.</param>
/// <param name="baseline">What it is compared with.</param>
/// <param name="load">Sends.</param>
internal sealed class LanePair(Lane measured, Lane baseline, LoadGenerator load)
{
    /// <summary>Uploads of a slice: six for each connection, so that the last ones, which wait for fewer and fewer others, are few.</summary>
    private const int UploadsPerSlice = 200;

    /// <summary>Seeds that a block uses, one for each slice.</summary>
    public const int SeedsPerBlock = 4;

    /// <summary>Events of a slice.</summary>
    public const int EventsPerSlice = UploadsPerSlice * SampleLoad.EventsPerBatch;

    private readonly List<double> _ratios = [];
    private readonly List<double> _rates = [];
    private readonly List<double> _baselineRates = [];

    /// <summary>Speed of the measured lane over that of the baseline, of each block.</summary>
    public IReadOnlyList<double> Ratios => _ratios;

    /// <summary>Events per second of the measured lane's slices.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <summary>Events per second of the baseline's slices.</summary>
    public IReadOnlyList<double> BaselineRates => _baselineRates;

    /// <param name="seed">The first of <see cref="SeedsPerBlock"/>, for devices that no other seed has.</param>
    /// <param name="cancellationToken">Stops between uploads.</param>
    public async Task RunBlockAsync(int seed, CancellationToken cancellationToken)
    {
        Lane[] order = _ratios.Count % 2 == 0 ? [measured, baseline, baseline, measured] : [baseline, measured, measured, baseline];
        var uploads = order.Select((lane, i) => lane.Uploads(seed + i, UploadsPerSlice)).ToList();
        GC.Collect();
        var (ours, theirs) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < order.Length; i++)
        {
            var time = await load.SendAsync(order[i].Transport, uploads[i], cancellationToken);
            var isOurs = order[i] == measured;
            (isOurs ? ref ours : ref theirs) += time;
            (isOurs ? _rates : _baselineRates).Add(EventsPerSlice / time.TotalSeconds);
        }

        _ratios.Add(theirs / ours);
    }
}
