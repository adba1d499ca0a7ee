using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Which alert instance of a rule and app.</summary>
public sealed record InstanceKey(SegmentKey Segment, AlertClass Class)
{
    public static readonly InstanceKey Fleet = new(SegmentKey.Fleet, AlertClass.Threshold);
}
