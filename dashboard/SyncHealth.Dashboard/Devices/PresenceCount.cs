namespace SyncHealth.Dashboard.Devices;

/// <summary>How many devices are in one state of presence.</summary>
/// <param name="Address">The list of them.</param>
public sealed record PresenceCount(string Id, string Name, string Count, string Meaning, string Address);
