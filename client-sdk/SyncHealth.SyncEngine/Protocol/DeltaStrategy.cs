namespace SyncHealth.SyncEngine.Protocol;

/// <summary>How a device tells the server what it has, to get only what is new. The server serves all three side by side; a device may change at any start.</summary>
public enum DeltaStrategy
{
    /// <summary>A token that only the server understands. The default: smallest, and in the hands of the server.</summary>
    Token = 0,

    /// <summary>The moment of the newest change it has, by the server's clock.</summary>
    Timestamp = 1,

    /// <summary>The version of each record it has. The largest request, and the only one that never expires.</summary>
    VersionMap = 2,
}
