namespace SyncHealth.Dashboard.Devices;

/// <summary>What a line of a device's story tells.</summary>
public enum StoryKind
{
    /// <summary>Syncs that succeeded, and the app being opened.</summary>
    Well = 1,

    /// <summary>Attempts that failed in the same way.</summary>
    Failed = 2,

    /// <summary>The server refused some of the items.</summary>
    Refused = 3,

    /// <summary>Edits met, and how it was settled.</summary>
    Conflict = 4,

    /// <summary>A client reset.</summary>
    Reset = 5,

    /// <summary>Another app version or OS than before.</summary>
    Changed = 6,

    /// <summary>Numbers of its sequence that no event carries.</summary>
    Gap = 7,

    /// <summary>Nothing was reported for a day or more.</summary>
    Quiet = 8,
}
