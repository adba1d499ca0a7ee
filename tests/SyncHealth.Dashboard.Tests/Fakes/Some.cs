using SyncHealth.Dashboard.Health;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Fakes;

/// <summary>Rows of vital signs for tests that care about one field of them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    public static readonly VitalBands Bands = new();

    /// <summary>Healthy in every sign but for <paramref name="failures"/>.</summary>
    public static VitalsPoint Point(long attempts = 1000, long failures = 10, DateTimeOffset? at = null) => new()
    {
        At = at ?? Now - TimeSpan.FromHours(1),
        Attempts = attempts,
        Successes = attempts - failures,
        Devices = Math.Min(attempts, 100),
        SuccessRate = attempts == 0 ? null : 100.0 * (attempts - failures) / attempts,
        FirstTryRate = attempts == 0 ? null : 90,
        DurationMs = attempts == 0 ? null : new DurationPercentiles(420, 1800, 9100),
        ConflictRate = attempts == 0 ? null : 1.9,
        ConflictedShare = attempts == 0 ? null : 1.7,
        QueueDepth = new QueueDepth(100, 1.2, 14, 0, 600),
        StalenessSeconds = new Staleness(640, 5400, 86000, 2),
    };

    /// <summary>The minutes of the last hour, with failures out of 100 attempts each as <paramref name="failures"/> says.</summary>
    public static IReadOnlyList<VitalsPoint> Minutes(Func<int, long> failures, long attempts = 100) =>
        [.. Enumerable.Range(0, 60).Select(minute => Point(attempts, failures(minute), Now.AddMinutes(minute - 60)))];

    public static VitalsGroup Cell(string version, string os, string network, VitalsPoint point) =>
        new(new Dictionary<string, string> { ["app_version"] = version, ["os"] = os, ["network"] = network }, [point]);

    /// <summary>What explains a drop from 2 % failures to 20: the given causes and errors.</summary>
    public static CauseAnswer Cause(IReadOnlyList<Cause> causes, params IReadOnlyList<ErrorCause> errors) => new(
        "notes", Now.AddHours(-6), Now.AddHours(-3), Now.AddHours(-3), Now, ["app_version", "os", "network", "tag:region"],
        new CauseCounts(10_000, 200, 400), new CauseCounts(10_000, 2000, 400),
        new Explanation { Change = 0.18, Split = new MixRateSplit(0.17, 0.01), Causes = causes, ErrorCodes = errors, Dimensions = [] });

    /// <summary>A segment that explains 97 % of it.</summary>
    public static Cause GotWorse(params DimensionValue[] where) =>
        new(new CauseElement(where, new CauseCounts(2000, 40, 80), new CauseCounts(2000, 1800, 80)), CauseKind.GotWorse, 0.97, 0.001);

    /// <summary>Four healthy segments of 250 attempts and a fifth of 100 with <paramref name="failures"/>: version 2.5.0 over cellular.</summary>
    public static IReadOnlyList<VitalsGroup> Cells(long failures) =>
    [
        Cell("2.4.1", "android", "wifi", Point(250, 2)), Cell("2.4.1", "ios", "cellular", Point(250, 3)),
        Cell("2.4.1", "android", "cellular", Point(250, 2)), Cell("2.5.0", "android", "wifi", Point(150, 1)),
        Cell("2.5.0", "android", "cellular", Point(50, failures / 2)), Cell("2.5.0", "ios", "cellular", Point(50, failures - (failures / 2))),
    ];
}
