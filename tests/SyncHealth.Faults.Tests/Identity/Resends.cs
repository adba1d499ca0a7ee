using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>
/// The batches of a ledger and what a network and restarted clients make of them: every batch comes once and then once or twice more, whole, split,
/// shuffled or mixed with another. All in one random order, so that copies meet each other. A seed makes it.
/// </summary>
internal sealed class Resends
{
    /// <summary>No divisor of the ledger's devices, so that batches come from all of them.</summary>
    private const int BatchSize = 37;

    /// <summary>Most further copies of a batch.</summary>
    private const int MaxCopies = 2;

    private readonly Random _random;
    private readonly LedgerEvent[][] _batches;
    private readonly ILookup<string, int> _batchesOf;

    public Resends(Ledger ledger, int batches, int seed)
    {
        _random = new Random(seed);
        _batches = [.. Enumerable.Range(0, batches).Select(_ => ledger.Issue(BatchSize))];
        _batchesOf = Enumerable.Range(0, batches).ToLookup(DeviceOf);
        Resend[] all = [.. Enumerable.Range(0, batches).SelectMany(CopiesOf)];
        _random.Shuffle(all);
        All = all;
    }

    /// <summary>Every request in the order of sending.</summary>
    public IReadOnlyList<Resend> All { get; }

    /// <summary>Events sent, copies included.</summary>
    public long Sent => All.Sum(resend => (long)resend.Events.Length);

    private string DeviceOf(int batch) => LedgerEvent.DeviceOf(_batches[batch][0].Number);

    private IEnumerable<Resend> CopiesOf(int batch)
    {
        yield return new Resend(ResendKind.First, DeviceOf(batch), _batches[batch], $"batch-{batch}");
        var copies = _random.Next(1, MaxCopies + 1);
        for (var copy = 0; copy < copies; copy++)
        {
            // Clients that lost their state send under another key, or under none.
            var key = _random.Next(3) switch { 0 => $"batch-{batch}", 1 => $"batch-{batch}-again", _ => null };
            foreach (var resend in CopyOf((ResendKind)_random.Next((int)ResendKind.Whole, (int)ResendKind.Merged + 1), batch, key))
                yield return resend;
        }
    }

    private IEnumerable<Resend> CopyOf(ResendKind kind, int batch, string? key)
    {
        var events = _batches[batch];
        LedgerEvent[][] parts = kind switch
        {
            ResendKind.Split => [.. events.Chunk(_random.Next(1, BatchSize))],
            ResendKind.Shuffled => [Shuffled(events)],
            ResendKind.Merged => [Shuffled([.. events, .. _batches[OtherOf(batch)]])],
            _ => [events],
        };
        return parts.Select(part => new Resend(kind, DeviceOf(batch), part, key));
    }

    private LedgerEvent[] Shuffled(LedgerEvent[] events)
    {
        var shuffled = events.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>A batch of the same device: itself, when there is none other, so that every event is twice in the request.</summary>
    private int OtherOf(int batch)
    {
        int[] own = [.. _batchesOf[DeviceOf(batch)]];
        return own[_random.Next(own.Length)];
    }
}
