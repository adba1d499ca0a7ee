using SyncHealth.Dashboard.Explore;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class MetricTests
{
    private static readonly VitalsPoint Whole = new()
    {
        At = DateTimeOffset.UnixEpoch,
        Attempts = 200,
        Successes = 150,
        SuccessRate = 75,
        Over60s = 9,
        ConflictedShare = 4,
        Devices = 30,
        QueueDepth = new QueueDepth(30, 3, 40, 2, 600),
        StalenessSeconds = new Staleness(60, 600, 6_000, 1),
        FirstTryRate = 60,
        Failures = new FailureSplit(20, 15, 10),
        DurationMs = new DurationPercentiles(100, 200, 300),
        SuccessDurationMs = new DurationPercentiles(90, 180, 270),
        ConflictRate = 7,
        DiscardedEdits = 5,
        Pushed = 400,
        Pulled = 800,
    };

    public static TheoryData<string> Codes => [.. Metric.All.Select(metric => metric.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Value_OfThePartsItAsksFor_IsThatOfTheWhole(string code)
    {
        var metric = Metric.Find(code)!;

        var value = metric.Value(Left(metric.Counts));

        Assert.NotNull(value);
        Assert.NotEqual(0, value);
        Assert.Equal(metric.Value(Whole), value);
    }

    /// <summary>What a question for no more than these is sure to be answered with.</summary>
    private static VitalsPoint Left(VitalsCounts counts)
    {
        var point = Whole;
        if (!counts.HasFlag(VitalsCounts.Outcomes))
            point = point with { FirstTryRate = 0, Failures = default };
        if (!counts.HasFlag(VitalsCounts.Durations))
            point = point with { DurationMs = null, SuccessDurationMs = null };
        if (!counts.HasFlag(VitalsCounts.Conflicts))
            point = point with { ConflictRate = 0, DiscardedEdits = 0 };
        if (!counts.HasFlag(VitalsCounts.Volumes))
            point = point with { Pushed = 0, Pulled = 0 };
        return point;
    }
}
