using SyncHealth.Statistics;

namespace SyncHealth.Storage.Vitals;

/// <summary>What is known of one point, and how it becomes vital signs.</summary>
internal struct PointParts
{
    /// <summary>A point may come in several rows, whose sum counts.</summary>
    public VitalCount Count;

    /// <summary>Null: unknown.</summary>
    public long? Devices;

    public FleetMoment? Fleet;

    /// <param name="at">Start of the point.</param>
    /// <param name="queueThreshold">Queue depth above which a device counts as over.</param>
    /// <param name="queuedBefore">Items that waited on the devices at the start of the point; null where that is not known.</param>
    /// <param name="completeness">Estimated share of the events that have arrived.</param>
    /// <param name="durations">Room to count in; what it held is lost.</param>
    public readonly VitalsPoint ToPoint(DateTimeOffset at, int queueThreshold, long? queuedBefore, double? completeness, DurationSketch durations)
    {
        durations.Clear();
        durations.Merge(Count.SuccessSketch.Span);
        var successes = Sketches.PercentilesOf(durations);
        durations.Merge(Count.OtherSketch.Span);
        var interval = WilsonInterval.TwoSided(Count.Successes, Count.Attempts);
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
            Conflicts = ConflictsByStrategy(),
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

    private readonly double? PercentOf(long part) => Count.Attempts == 0 ? null : 100.0 * part / Count.Attempts;

    private readonly double? PercentOrNull(double share) => Count.Attempts == 0 ? null : 100 * share;

    private readonly ConflictCounts ConflictsByStrategy() => Count.Conflicts == 0
        ? ConflictCounts.None
        : new ConflictCounts(
            Count.ConflictsLww, Count.ConflictsCrdt, Count.ConflictsMerge, Count.ConflictsOt, Count.ConflictsManual, Count.ConflictsUnresolved, Count.ConflictsUnknown);
}
