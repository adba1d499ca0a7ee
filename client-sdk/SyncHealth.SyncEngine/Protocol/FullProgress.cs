namespace SyncHealth.SyncEngine.Protocol;

/// <summary>How far a full sync is, over all of its pages, also those of cycles before.</summary>
/// <param name="Done">Rows that its pages have had.</param>
/// <param name="Total">Rows that there are in all; null when the server has not counted. Those that are added meanwhile may raise it.</param>
public sealed record FullProgress(long Done, long? Total);
