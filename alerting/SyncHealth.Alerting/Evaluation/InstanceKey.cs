using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Which alert instance of a rule and app.</summary>
public sealed record InstanceKey(SegmentKey Segment, AlertClass Class)
{
    public static readonly InstanceKey Fleet = new(SegmentKey.Fleet, AlertClass.Threshold);

    /// <summary>Whether it is about us, and of no app: no team's route or mute time may hide it.</summary>
    public bool IsOfThePlatform => Class is AlertClass.IngestDown or AlertClass.RulesRefused;
}
