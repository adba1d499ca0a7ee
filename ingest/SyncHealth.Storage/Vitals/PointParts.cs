using SyncHealth.Statistics;

namespace SyncHealth.Storage.Vitals;

/// <summary>What is known of one point, and how it becomes vital signs.</summary>
internal struct PointParts
{
    private VitalCount _count;
    private DurationPercentiles? _successDurations;
    private DurationPercentiles? _durations;

    /// <summary>Null: unknown.</summary>
    public long? Devices;

    public FleetMoment? Fleet;

    /// <summary>
    /// Adds a row: a point may come in several, whose sum counts. Percentiles are taken at once, and again with the next row: while the database makes more of them, whoever
    /// reads has nothing else to do.
    /// </summary>
    /// <param name="row">Counts and sketches.</param>
    /// <param name="room">Room to count durations in; what it held is lost.</param>
    public void Add(in VitalCount row, DurationSketch room)
    {
        _count = _count.Plus(row);
        room.Clear();
        room.Merge(_count.SuccessSketch.Span);
        _successDurations = Sketches.PercentilesOf(room);
        room.Merge(_count.OtherSketch.Span);
        _durations = Sketches.PercentilesOf(room);
    }

    /// <param name="at">Start of the point.</param>
    /// <param name="queueThreshold">Queue depth above which a device counts as over.</param>
    /// <param name="queuedBefore">Items that waited on the devices at the start of the point; null where that is not known.</param>
    /// <param name="completeness">Estimated share of the events that have arrived.</param>
    public readonly VitalsPoint ToPoint(DateTimeOffset at, int queueThreshold, long? queuedBefore, double? completeness)
    {
        var interval = WilsonInterval.TwoSided(_count.Successes, _count.Attempts);
        return new VitalsPoint
        {
            At = at,
            Attempts = _count.Attempts,
            Successes = _count.Successes,
            Partial = _count.Partials,
            Cancelled = _count.Cancelled,
            Devices = Devices,
            SuccessRate = PercentOf(_count.Successes),
            SuccessRateLow = PercentOrNull(interval.Low),
            SuccessRateHigh = PercentOrNull(interval.High),
            FirstTryRate = PercentOf(_count.FirstTry),
            Failures = new FailureSplit(_count.OfflineFailures, _count.ServerFailures, _count.AppFailures),
            SuccessDurationMs = _successDurations,
            DurationMs = _durations,
            Over60s = _count.Over60s,
            ConflictRate = PercentOf(_count.Conflicts),
            ConflictedShare = PercentOf(_count.Conflicted),
            Conflicts = ConflictsByStrategy(),
            DiscardedEdits = _count.Discarded,
            Pushed = _count.Pushed,
            Pulled = _count.Pulled,
            Written = Fleet?.QueueSum - queuedBefore is { } growth ? Math.Max(0, _count.Pushed + growth) : null,
            BytesUp = _count.BytesUp,
            BytesDown = _count.BytesDown,
            QueueDepth = Fleet?.ToQueueDepth(queueThreshold),
            StalenessSeconds = Fleet?.ToStaleness(),
            Completeness = completeness,
        };
    }

    private readonly double? PercentOf(long part) => _count.Attempts == 0 ? null : 100.0 * part / _count.Attempts;

    private readonly double? PercentOrNull(double share) => _count.Attempts == 0 ? null : 100 * share;

    private readonly ConflictCounts ConflictsByStrategy() => _count.Conflicts == 0
        ? ConflictCounts.None
        : new ConflictCounts(
            _count.ConflictsLww, _count.ConflictsCrdt, _count.ConflictsMerge, _count.ConflictsOt, _count.ConflictsManual, _count.ConflictsUnresolved, _count.ConflictsUnknown);
}
