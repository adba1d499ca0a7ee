namespace SyncHealth.Alerting.States;

/// <summary>Where an alert instance stands.</summary>
public enum AlertStatus
{
    /// <summary>Never breached, or the breach passed before <c>for</c>.</summary>
    Inactive = 1,

    /// <summary>In breach, but not yet for <c>for</c>.</summary>
    Pending = 2,

    /// <summary>An incident is open.</summary>
    Firing = 3,

    /// <summary>Good again, but not yet for <c>keepFiringFor</c>; the incident is still open.</summary>
    Recovering = 4,

    /// <summary>The last incident is over.</summary>
    Resolved = 5,
}
