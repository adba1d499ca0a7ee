using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>The share of devices that a rule is about.</summary>
internal static class DeviceShare
{
    private const double Percent = 100;

    public static Measurement Of(AlertRule rule, TimeWindow window, DeviceCounts counts)
    {
        var offending = rule.Metric switch
        {
            RuleMetric.QueueDepthShare => counts.Deep,
            RuleMetric.SilentShare => counts.Silent,
            _ => counts.Stale,
        };
        var shown = rule.Metric == RuleMetric.FreshnessShare ? counts.Devices - offending : offending;
        return new Measurement(window, 0, counts.Devices, offending, Percent * shown / counts.Devices);
    }
}
