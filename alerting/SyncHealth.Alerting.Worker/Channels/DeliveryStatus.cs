namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>How an attempt to deliver ended.</summary>
public enum DeliveryStatus
{
    /// <summary>The vendor took it.</summary>
    Delivered = 1,

    /// <summary>Not now; another attempt may succeed.</summary>
    Retry = 2,

    /// <summary>Refused for good; another attempt would be refused as well.</summary>
    GiveUp = 3,
}
