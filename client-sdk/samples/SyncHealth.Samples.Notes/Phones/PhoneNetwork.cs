namespace SyncHealth.Samples.Notes.Phones;

/// <summary>What the switch of a phone can be set to.</summary>
public enum PhoneNetwork
{
    /// <summary>A wireless LAN that works.</summary>
    Wifi,

    /// <summary>A mobile network that works, by volume.</summary>
    Cellular,

    /// <summary>"Lie-fi": full bars, and three of four requests vanish.</summary>
    LieFi,

    /// <summary>No network.</summary>
    Offline,
}
