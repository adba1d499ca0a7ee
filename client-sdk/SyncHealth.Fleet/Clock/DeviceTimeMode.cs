namespace SyncHealth.Fleet.Clock;

/// <summary>What a device's monotonic clock follows at the moment.</summary>
internal enum DeviceTimeMode
{
    /// <summary>Between cycles: the fleet's clock.</summary>
    Idle,

    /// <summary>Inside a cycle: real time.</summary>
    Working,

    /// <summary>Inside a modelled wait: nothing, until the wait is over and counts in full.</summary>
    Waiting,
}
