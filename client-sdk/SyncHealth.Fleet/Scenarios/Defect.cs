namespace SyncHealth.Fleet.Scenarios;

/// <summary>A mistake in a release.</summary>
internal enum Defect
{
    /// <summary>None.</summary>
    None,

    /// <summary>On mobile networks every request carries the app's debug log: several megabytes that a slow uplink cannot send within the time limit.</summary>
    DebugLogOnCellular,

    /// <summary>Deletions have a new name on the wire, which the server does not know and never will: it refuses each of them.</summary>
    RenamedDeletion,
}
