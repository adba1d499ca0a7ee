namespace SyncHealth.Storage.Vitals;

/// <summary>
/// Conflicts of one group and point that went the same way, in wire names, and the edits they discarded.
/// What <c>conflicts[]</c> lacked of <c>conflictCount</c> has the entity <c>""</c> and is unknown otherwise.
/// </summary>
public sealed record ConflictShare(
    IReadOnlyDictionary<string, string> By, DateTimeOffset At, string Entity, string Kind, string Strategy, string Winner, long Conflicts, long Discarded);
