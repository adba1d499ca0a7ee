namespace SyncHealth.Alerting.Rules;

/// <summary>Which events belong to a window.</summary>
public enum RuleClock
{
    /// <summary>Those that reached us in the window at most 15 minutes late: fast, and blind to old failures flushed at once.</summary>
    Arrival = 1,

    /// <summary>Those that happened in the window, as far as they have arrived.</summary>
    Event = 2,
}
