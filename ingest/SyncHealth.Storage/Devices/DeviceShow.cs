namespace SyncHealth.Storage.Devices;

/// <summary>Which devices of the active window a list holds.</summary>
public enum DeviceShow
{
    All = 1,

    /// <summary>With unsynced work.</summary>
    Waiting = 2,

    /// <summary>Without a successful sync for a day.</summary>
    Stale = 3,

    /// <summary>Not heard of for a day and for twice the longest pause of their own 14 days before.</summary>
    Silent = 4,
}
