using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>What a detector counts, as the measurement of a rule.</summary>
internal static class DetectorShare
{
    private const double Percent = 100;

    public static Measurement Of(AlertRule rule, TimeWindow window, DetectionGroup group)
    {
        var offending = rule.Metric switch
        {
            RuleMetric.StuckShare => group.Stuck,
            RuleMetric.ReuploadRatio => group.Reuploading,
            RuleMetric.PoisonShare => group.Poisoned,
            RuleMetric.ResetLossShare => group.Reset,
            RuleMetric.ClockOffShare => group.ClocksOff,
            RuleMetric.TelemetryLoss => group.WithGaps,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Metric, "is no metric of a detector."),
        };
        var value = rule.Metric switch
        {
            RuleMetric.ReuploadRatio => group.ReuploadRatio,
            RuleMetric.TelemetryLoss => group.TelemetryLoss,
            _ => Percent * offending / group.Devices,
        };
        return new Measurement(window, 0, group.Devices, offending, value);
    }
}
