using SyncHealth.Alerting.Messages;

namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>What a channel is asked to deliver.</summary>
/// <param name="Reference">What the vendor calls the incident, where an earlier delivery told us.</param>
public sealed record Notification(AlertMessage Message, string? Reference)
{
    /// <summary>What the vendor calls the newest earlier incident of the same alert.</summary>
    public string? EarlierReference { get; init; }
}
