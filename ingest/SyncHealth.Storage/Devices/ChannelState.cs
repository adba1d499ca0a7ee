namespace SyncHealth.Storage.Devices;

/// <summary>How a device's reports and its server's log of it go together.</summary>
public enum ChannelState
{
    /// <summary>The server sends no log: only the device's word is known.</summary>
    NoLog = 1,

    /// <summary>The log does not reach as far as the device's last report, so it says nothing about it.</summary>
    LogSilent = 2,

    /// <summary>Both know of the device until about the same time.</summary>
    Agree = 3,

    /// <summary>The device syncs, and its reports do not arrive.</summary>
    TelemetryBlocked = 4,

    /// <summary>Its reports arrive, and its syncs do not: the server has not heard of it for long.</summary>
    SyncBlocked = 5,

    /// <summary>The device says that it synced at a time at which the server did not hear of it.</summary>
    Disputed = 6,
}
