namespace SyncHealth.Alerting.Routing;

/// <summary>One destination of an alert.</summary>
/// <param name="Receivers">Those of the destination that can be told.</param>
/// <param name="Hold">What holds messages back; null when they go out.</param>
public sealed record ReachLeg(Destination Destination, IReadOnlyList<string> Receivers, Hold? Hold)
{
    /// <summary>Whether the alert is told together with others.</summary>
    public bool IsGrouped => Destination.GroupBy is not null;
}
