namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>One side of a conflict: what a note was made to be, when and where.</summary>
public sealed record Revision(string Title, string Body, bool IsDeleted, Stamp Edited)
{
    /// <summary>Two edits that say the same are no conflict, whoever made them.</summary>
    public bool SaysTheSameAs(Revision other) =>
        IsDeleted && other.IsDeleted || (IsDeleted, Title, Body) == (other.IsDeleted, other.Title, other.Body);
}
