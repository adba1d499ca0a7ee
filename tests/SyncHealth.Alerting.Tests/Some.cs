using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Tests;

/// <summary>Rules, measurements and findings for tests that care about one field of them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The shipped success-rate rule.</summary>
    public static AlertRule Rule() => new()
    {
        Name = "sync-success-rate", Metric = RuleMetric.SuccessRate, Limit = 95, Recover = 95,
        Window = TimeSpan.FromMinutes(15), For = TimeSpan.FromMinutes(5), MinAttempts = 100, MinDevices = 20,
        Severity = AlertSeverity.Critical, Notify = ["pagerduty"],
    };

    public static AlertRule SlowRule() => Rule() with { Name = "sync-duration-p99", Metric = RuleMetric.DurationP99, Limit = 60_000, Recover = 60_000 };

    public static AlertRule QueueRule() => Rule() with
    {
        Name = "upload-queue-depth", Metric = RuleMetric.QueueDepthShare, Limit = 1, Recover = 1, DepthOver = 1000,
        Window = TimeSpan.FromDays(7), For = TimeSpan.Zero, MinAttempts = 0, MinDevices = 50,
    };

    /// <summary>A success rate measured over <paramref name="attempts"/>.</summary>
    public static Measurement Rate(long successes, long attempts, long devices = 212) => new(
        new TimeWindow(Noon.AddMinutes(-15), Noon), attempts, devices, attempts - successes, attempts == 0 ? null : 100.0 * successes / attempts);

    public static Measurement Queues(long over, long devices) =>
        new(new TimeWindow(Noon.AddDays(-7), Noon), 0, devices, over, devices == 0 ? null : 100.0 * over / devices);

    public static Finding Finding(Verdict verdict, double value = 91.2) =>
        new(verdict, Rate(912, 1000) with { Value = verdict == Verdict.NoEvidence ? null : value });
}
