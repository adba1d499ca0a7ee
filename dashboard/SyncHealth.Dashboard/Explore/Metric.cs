using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>A number that Explore draws: taken out of a row of vital signs, so that it is the same number as everywhere else.</summary>
/// <param name="Code">In the address: <c>success_rate</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Note">What exactly it is, in a few words.</param>
/// <param name="MoreIs">Which way is better.</param>
/// <param name="Value">Out of a row; null where nothing was measured.</param>
public sealed record Metric(string Code, string Label, MetricGroup Group, ChartUnit Unit, string Note, MoreIs MoreIs, Func<VitalsPoint, double?> Value)
{
    /// <summary>The vital sign whose bands hold for it.</summary>
    public VitalSign? Sign { get; init; }

    /// <summary>Whether groups add up to the whole: then they are stacked.</summary>
    public bool Adds => Unit is ChartUnit.Attempts or ChartUnit.Items && Group == MetricGroup.Volume || Code == "failures";

    /// <summary>Whether it is a state of devices, which has no history beyond core dimensions and none of attempts' properties.</summary>
    public bool OfDevices => Group is MetricGroup.Queue or MetricGroup.Staleness;

    /// <summary>What it is made of beside attempts, successes, those over 60 s and those with conflicts; nothing by default.</summary>
    public VitalsCounts Counts { get; init; }

    /// <summary>What a question has to ask for to draw it.</summary>
    public VitalsParts Parts => VitalsParts.Completeness | (OfDevices ? VitalsParts.Fleet : 0) | (Unit == ChartUnit.Devices ? VitalsParts.Devices : 0);

    public static readonly Metric SuccessRate = new("success_rate", "Success rate", MetricGroup.Success, ChartUnit.Percent, "successful of all attempts", MoreIs.Better, point => point.SuccessRate)
        { Sign = VitalSign.SuccessRate };

    public static readonly Metric Failures = new("failures", "Failures", MetricGroup.Success, ChartUnit.Attempts, "attempts that did not succeed", MoreIs.Worse, point => point.Attempts - point.Successes);

    public static readonly IReadOnlyList<Metric> All =
    [
        SuccessRate,
        new("first_try_rate", "First-try rate", MetricGroup.Success, ChartUnit.Percent, "successful without a retry, of all attempts", MoreIs.Better, point => point.FirstTryRate) { Counts = VitalsCounts.Outcomes },
        Failures,
        Share("offline_share", "Failures: offline", "failed without network, of all attempts", point => point.Failures.Offline) with { Counts = VitalsCounts.Outcomes },
        Share("server_share", "Failures: server", "failed by the server or a time-out, of all attempts", point => point.Failures.Server) with { Counts = VitalsCounts.Outcomes },
        Share("app_share", "Failures: app", "failed by the app itself, of all attempts", point => point.Failures.App) with { Counts = VitalsCounts.Outcomes },
        Duration("duration_p50", "p50 duration", "all attempts", point => point.DurationMs?.P50),
        Duration("duration_p90", "p90 duration", "all attempts", point => point.DurationMs?.P90),
        Duration("duration_p99", "p99 duration", "all attempts", point => point.DurationMs?.P99) with { Sign = VitalSign.Duration },
        Duration("success_p50", "p50 duration of successes", "successful attempts only", point => point.SuccessDurationMs?.P50),
        Duration("success_p90", "p90 duration of successes", "successful attempts only", point => point.SuccessDurationMs?.P90),
        Duration("success_p99", "p99 duration of successes", "successful attempts only", point => point.SuccessDurationMs?.P99),
        Share("slow_share", "Over 60 s", "took longer than 60 s, of all attempts", point => point.Over60s) with { Group = MetricGroup.Duration },
        new("conflict_rate", "Conflict rate", MetricGroup.Conflicts, ChartUnit.Per100, "conflicts per 100 attempts", MoreIs.Worse, point => point.ConflictRate) { Sign = VitalSign.ConflictRate, Counts = VitalsCounts.Conflicts },
        new("conflicted_share", "Conflicted share", MetricGroup.Conflicts, ChartUnit.Percent, "met a conflict, of all attempts", MoreIs.Worse, point => point.ConflictedShare),
        new("discarded", "Edits discarded", MetricGroup.Conflicts, ChartUnit.Per100, "edits discarded per 100 attempts", MoreIs.Worse, point => point.Attempts == 0 ? null : 100.0 * point.DiscardedEdits / point.Attempts) { Counts = VitalsCounts.Conflicts },
        new("queue_p99", "p99 queue depth", MetricGroup.Queue, ChartUnit.Items, "over devices, as of the end of each step", MoreIs.Worse, point => point.QueueDepth?.P99) { Sign = VitalSign.QueueDepth },
        new("queue_mean", "Mean queue depth", MetricGroup.Queue, ChartUnit.Items, "over devices, as of the end of each step", MoreIs.Worse, point => point.QueueDepth?.Mean),
        new("oldest_pending", "Oldest pending write", MetricGroup.Queue, ChartUnit.Seconds, "age on the device furthest behind", MoreIs.Worse, point => point.QueueDepth?.OldestPendingSeconds),
        Staleness("staleness_p50", "p50 staleness", point => point.StalenessSeconds?.P50),
        Staleness("staleness_p90", "p90 staleness", point => point.StalenessSeconds?.P90) with { Sign = VitalSign.Staleness },
        Staleness("staleness_p99", "p99 staleness", point => point.StalenessSeconds?.P99),
        new("attempts", "Attempts", MetricGroup.Volume, ChartUnit.Attempts, "sync cycles", MoreIs.Neither, point => point.Attempts),
        new("devices", "Devices", MetricGroup.Volume, ChartUnit.Devices, "distinct devices with an attempt", MoreIs.Neither, point => point.Devices),
        new("pushed", "Items uploaded", MetricGroup.Volume, ChartUnit.Items, "sent by devices", MoreIs.Neither, point => point.Pushed) { Counts = VitalsCounts.Volumes },
        new("pulled", "Items downloaded", MetricGroup.Volume, ChartUnit.Items, "fetched by devices", MoreIs.Neither, point => point.Pulled) { Counts = VitalsCounts.Volumes },
    ];

    public static Metric? Find(string? code) => All.FirstOrDefault(metric => metric.Code == code);

    /// <summary>The metric that a vital sign's tile shows.</summary>
    public static Metric Of(VitalSign sign) => All.First(metric => metric.Sign == sign);

    public static string Heading(MetricGroup group) => group switch
    {
        MetricGroup.Success => "Success and failures",
        MetricGroup.Duration => "Duration",
        MetricGroup.Conflicts => "Conflicts",
        MetricGroup.Queue => "Upload queue",
        MetricGroup.Staleness => "Time since last success",
        _ => "Volume",
    };

    private static Metric Share(string code, string label, string note, Func<VitalsPoint, long> count) =>
        new(code, label, MetricGroup.Success, ChartUnit.Percent, note, MoreIs.Worse, point => point.Attempts == 0 ? null : 100.0 * count(point) / point.Attempts);

    private static Metric Duration(string code, string label, string note, Func<VitalsPoint, double?> value) =>
        new(code, label, MetricGroup.Duration, ChartUnit.Milliseconds, note, MoreIs.Worse, value) { Counts = VitalsCounts.Durations };

    private static Metric Staleness(string code, string label, Func<VitalsPoint, double?> value) =>
        new(code, label, MetricGroup.Staleness, ChartUnit.Seconds, "over active devices, as of the end of each step", MoreIs.Worse, value);
}
