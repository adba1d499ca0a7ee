namespace SyncHealth.Storage.Devices;

/// <summary>What a detector names a device for; definitions with examples stand in <c>docs/semantics.md</c>.</summary>
public enum Detector
{
    /// <summary>Its syncs succeed, something waits, and nothing moves.</summary>
    Stuck = 1,

    /// <summary>It sends the same items again and again.</summary>
    Reupload = 2,

    /// <summary>The same item fails in every sync and blocks what waits behind it.</summary>
    Poison = 3,

    /// <summary>A client reset threw unsynced items away.</summary>
    Reset = 4,

    /// <summary>Its clock is off by 55 minutes or more: ingest corrects its times.</summary>
    Clock = 5,

    /// <summary>Reports of it never arrived: its sequence has gaps.</summary>
    Loss = 6,
}
