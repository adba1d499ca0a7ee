namespace SyncHealth.Alerting.Rules;

/// <summary>How soon somebody must look; the most severe first.</summary>
public enum AlertSeverity
{
    /// <summary>Wake somebody.</summary>
    Critical = 1,

    /// <summary>Something is broken, but not everything.</summary>
    Error = 2,

    /// <summary>Look today.</summary>
    Warning = 3,

    /// <summary>Plan it.</summary>
    Ticket = 4,

    /// <summary>Know it.</summary>
    Info = 5,
}
