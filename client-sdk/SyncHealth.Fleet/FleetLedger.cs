using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.Fleet;

/// <summary>Counts what the devices did, as it happens.</summary>
internal sealed class FleetLedger
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, VersionCount> _versions = new(StringComparer.Ordinal);
    private int _started;
    private long _opened;

    public int Started => Volatile.Read(ref _started);

    public long Opened => Interlocked.Read(ref _opened);

    public void DeviceStarted() => Interlocked.Increment(ref _started);

    public void AppOpened() => Interlocked.Increment(ref _opened);

    public void Finished(string version, CycleResult result)
    {
        var isCellular = result.Network == SyncNetwork.Cellular;
        var one = new VersionCount
        {
            Attempts = 1,
            Successes = Count(result.IsSuccess),
            Partial = Count(result.Outcome == SyncOutcome.Partial),
            Failures = Count(result.Outcome == SyncOutcome.Failure),
            Cancelled = Count(result.Outcome == SyncOutcome.Cancelled),
            Cellular = Count(isCellular),
            CellularFailures = Count(isCellular && result.Outcome == SyncOutcome.Failure),
            Conflicts = result.Conflicts,
        };
        lock (_lock)
            _versions[version] = _versions.TryGetValue(version, out var before) ? before.Plus(one) : one;
    }

    public IReadOnlyDictionary<string, VersionCount> ByVersion()
    {
        lock (_lock)
            return new SortedDictionary<string, VersionCount>(_versions, StringComparer.Ordinal);
    }

    public VersionCount Total() => ByVersion().Values.Aggregate(new VersionCount(), (sum, version) => sum.Plus(version));

    private static int Count(bool holds) => holds ? 1 : 0;
}
