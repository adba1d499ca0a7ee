using SyncHealth.Statistics;

namespace SyncHealth.Storage.Vitals;

/// <summary>What is known of one point, and how it becomes vital signs.</summary>
internal sealed class PointParts
{
    private static readonly VitalCount Nothing = new();
    private static readonly Dictionary<string, long> NoConflicts = [];

    public VitalCount Count { get; private set; } = Nothing;

    /// <summary>Null: unknown.</summary>
    public long? Devices { get; set; } = 0;

    public FleetMoment? Fleet { get; set; }

    /// <summary>A point may come in several rows, whose sum counts.</summary>
    public void Add(VitalCount count) => Count = ReferenceEquals(Count, Nothing) ? count : Count.Plus(count);

    /// <param name="at">Start of the point.</param>
    /// <param name="queueThreshold">Queue depth above which a device counts as over.</param>
    /// <param name="queuedBefore">Items that waited on the devices at the start of the point; null where that is not known.</param>
    /// <param name="completeness">Estimated share of the events that have arrived.</param>
    /// <param name="durations">Room to count in; what it held is lost.</param>
    public VitalsPoint ToPoint(DateTimeOffset at, int queueThreshold, long? queuedBefore, double? completeness, DurationSketch durations)
    {
        durations.Clear();
        durations.Merge(Count.SuccessSketch);
        var successes = Sketches.PercentilesOf(durations);
        durations.Merge(Count.OtherSketch);
        var interval = WilsonInterval.TwoSided(Count.Successes, Count.Attempts);
        var conflicts = ConflictsByStrategy();
        return new VitalsPoint
        {
            At = at,
            Attempts = Count.Attempts,
            Successes = Count.Successes,
            Partial = Count.Partials,
            Cancelled = Count.Cancelled,
            Devices = Devices,
            SuccessRate = PercentOf(Count.Successes),
            SuccessRateLow = PercentOrNull(interval.Low),
            SuccessRateHigh = PercentOrNull(interval.High),
            FirstTryRate = PercentOf(Count.FirstTry),
            Failures = new FailureSplit(Count.OfflineFailures, Count.ServerFailures, Count.AppFailures),
            SuccessDurationMs = successes,
            DurationMs = Sketches.PercentilesOf(durations),
            Over60s = Count.Over60s,
            ConflictRate = PercentOf(Count.Conflicts),
            ConflictedShare = PercentOf(Count.Conflicted),
            Conflicts = conflicts,
            DiscardedEdits = Count.Discarded,
            Pushed = Count.Pushed,
            Pulled = Count.Pulled,
            Written = Fleet?.QueueSum - queuedBefore is { } growth ? Math.Max(0, Count.Pushed + growth) : null,
            BytesUp = Count.BytesUp,
            BytesDown = Count.BytesDown,
            QueueDepth = Fleet?.ToQueueDepth(queueThreshold),
            StalenessSeconds = Fleet?.ToStaleness(),
            Completeness = completeness,
        };
    }

    private double? PercentOf(long part) => Count.Attempts == 0 ? null : 100.0 * part / Count.Attempts;

    private double? PercentOrNull(double share) => Count.Attempts == 0 ? null : 100 * share;

    private Dictionary<string, long> ConflictsByStrategy()
    {
        if (Count.Conflicts == 0)
            return NoConflicts;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        AddTo(counts, "lww", Count.ConflictsLww);
        AddTo(counts, "crdt", Count.ConflictsCrdt);
        AddTo(counts, "merge", Count.ConflictsMerge);
        AddTo(counts, "ot", Count.ConflictsOt);
        AddTo(counts, "manual", Count.ConflictsManual);
        AddTo(counts, "unresolved", Count.ConflictsUnresolved);
        AddTo(counts, "unknown", Count.ConflictsUnknown);
        return counts;
    }

    private static void AddTo(Dictionary<string, long> counts, string strategy, long count)
    {
        if (count > 0)
            counts.Add(strategy, count);
    }
}
