namespace SyncHealth.Contracts;

/// <summary>The network a sync cycle ran on. The numbers are stored: never renumber, only append.</summary>
public enum SyncNetwork
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>Wireless LAN.</summary>
    Wifi = 1,

    /// <summary>Mobile network.</summary>
    Cellular = 2,

    /// <summary>Wired.</summary>
    Ethernet = 3,

    /// <summary>No network was available.</summary>
    None = 4,
}
