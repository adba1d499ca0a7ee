namespace SyncHealth.Storage.Alerts;

/// <summary>Which attempts belong to a window.</summary>
public enum AttemptClock
{
    /// <summary>Those that arrived in it less than 15 minutes after they ended.</summary>
    Arrival = 1,

    /// <summary>Those that arrived in it later than that.</summary>
    Late = 2,

    /// <summary>Those that ended in it, as far as they have arrived.</summary>
    Event = 3,
}
