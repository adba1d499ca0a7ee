namespace SyncHealth.Fleet.Networks;

/// <summary>What a device's network is like, which is not always what the device believes.</summary>
internal enum LinkKind
{
    /// <summary>A wireless LAN that works.</summary>
    Wifi,

    /// <summary>A mobile network that works.</summary>
    Cellular,

    /// <summary>"Lie-fi": bars on the screen, and next to nothing gets through.</summary>
    LieFi,

    /// <summary>No network: a tunnel, a lift, flight mode.</summary>
    Offline,
}
