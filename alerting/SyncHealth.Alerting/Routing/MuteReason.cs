namespace SyncHealth.Alerting.Routing;

/// <summary>Why an alert's messages are held back.</summary>
public enum MuteReason
{
    /// <summary>Somebody silenced it.</summary>
    Silenced = 1,

    /// <summary>The same metric is in breach over the whole fleet, and its alert says so already.</summary>
    Inhibited = 2,
}
