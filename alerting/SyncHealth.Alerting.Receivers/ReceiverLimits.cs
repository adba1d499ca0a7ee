namespace SyncHealth.Alerting.Receivers;

/// <summary>What the fakes keep in memory: the newest of each kind, so that a demo may run for weeks.</summary>
internal static class ReceiverLimits
{
    /// <summary>Incidents, messages, issues and rejections kept of each kind.</summary>
    public const int KeptCount = 500;

    /// <summary>Largest body read, in bytes: PagerDuty's 512 KB is the largest of the three vendors.</summary>
    public const int MaxBodyBytes = 512 * 1024;
}
