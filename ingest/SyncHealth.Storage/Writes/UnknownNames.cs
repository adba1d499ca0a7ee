namespace SyncHealth.Storage.Writes;

/// <summary>Names of a group that no dictionary knows yet.</summary>
internal sealed class UnknownNames
{
    public HashSet<SegmentKey> Segments { get; } = [];

    public HashSet<ProfileKey> Profiles { get; } = [];

    public HashSet<ErrorKey> Errors { get; } = [];

    public HashSet<ConflictKey> Conflicts { get; } = [];

    public bool IsEmpty => Segments.Count + Profiles.Count + Errors.Count + Conflicts.Count == 0;
}
