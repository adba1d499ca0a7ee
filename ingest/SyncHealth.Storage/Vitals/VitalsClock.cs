namespace SyncHealth.Storage.Vitals;

/// <summary>Which clock a range and its points go by.</summary>
public enum VitalsClock
{
    /// <summary>When it happened on the device (corrected).</summary>
    Event = 1,

    /// <summary>When the server received it.</summary>
    Arrival = 2,
}
