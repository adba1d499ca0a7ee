namespace SyncHealth.Storage.Devices;

/// <summary>What a list of devices is ordered by, worst first.</summary>
public enum DeviceSort
{
    /// <summary>Unsynced items.</summary>
    Queue = 1,

    /// <summary>Age of the oldest unsynced write.</summary>
    Oldest = 2,

    /// <summary>Time since the last success.</summary>
    Success = 3,

    /// <summary>Time since the last report.</summary>
    Seen = 4,

    /// <summary>Time since the last report, in longest pauses of the device's own.</summary>
    Pause = 5,
}
