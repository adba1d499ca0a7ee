namespace SyncHealth.Storage.Writes;

/// <summary>The dimensions of an event, as wire names; <c>""</c> where unknown. Resolved to a dictionary id by the writer.</summary>
public readonly record struct SegmentKey(
    string App, string Environment, string AppVersion, string Os, string OsVersion,
    string Network, string Type, string Trigger);
