namespace SyncHealth.Storage.Vitals;

/// <summary>How conflicts went in the bounds that were really counted: groups in order, points in time, most frequent first. They add up to the conflicts of the vital signs.</summary>
public sealed record ConflictAnswer(string App, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ConflictShare> Conflicts);
