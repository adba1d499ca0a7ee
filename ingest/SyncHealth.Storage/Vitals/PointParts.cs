using SyncHealth.Statistics;

namespace SyncHealth.Storage.Vitals;

/// <summary>What is known of one point, and how it becomes vital signs.</summary>
internal sealed class PointParts
{
    private static readonly VitalCount Nothing = new();

    public VitalCount Count { get; set; } = Nothing;

    /// <summary>Null: unknown.</summary>
    public long? Devices { get; set; } = 0;

    public FleetMoment? Fleet { get; set; }

    public VitalsPoint ToPoint(DateTimeOffset at, int queueThreshold, double? completeness)
    {
        var interval = WilsonInterval.TwoSided(Count.Successes, Count.Attempts);
        var conflicts = ConflictsByStrategy();
        var successes = Sketches.Merged(Count.SuccessSketch);
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
            SuccessDurationMs = Sketches.PercentilesOf(successes),
            DurationMs = Sketches.PercentilesOf(WithOthers(successes)),
            Over60s = Count.Over60s,
            ConflictRate = PercentOf(conflicts.Values.Sum()),
            ConflictedShare = PercentOf(Count.Conflicted),
            Conflicts = conflicts,
            DiscardedEdits = Count.Discarded,
            Pushed = Count.Pushed,
            Pulled = Count.Pulled,
            BytesUp = Count.BytesUp,
            BytesDown = Count.BytesDown,
            QueueDepth = Fleet?.ToQueueDepth(queueThreshold),
            StalenessSeconds = Fleet?.ToStaleness(),
            Completeness = completeness,
        };
    }

    private double? PercentOf(long part) => Count.Attempts == 0 ? null : 100.0 * part / Count.Attempts;

    private double? PercentOrNull(double share) => Count.Attempts == 0 ? null : 100 * share;

    private DurationSketch WithOthers(DurationSketch successes)
    {
        successes.Merge(Count.OtherSketch);
        return successes;
    }

    private Dictionary<string, long> ConflictsByStrategy() => new (string Strategy, long Count)[]
    {
        ("lww", Count.ConflictsLww), ("crdt", Count.ConflictsCrdt), ("merge", Count.ConflictsMerge), ("ot", Count.ConflictsOt),
        ("manual", Count.ConflictsManual), ("unresolved", Count.ConflictsUnresolved), ("unknown", Count.ConflictsUnknown),
    }.Where(pair => pair.Count > 0).ToDictionary(pair => pair.Strategy, pair => pair.Count, StringComparer.Ordinal);
}
