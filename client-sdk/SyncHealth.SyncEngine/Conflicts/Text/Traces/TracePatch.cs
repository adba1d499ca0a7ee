namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>One edit of a recorded session: first the deletion, then the insertion at the same place.</summary>
/// <param name="Position">Code points before it.</param>
/// <param name="Deleted">Code points deleted.</param>
/// <param name="Inserted">Text inserted.</param>
public readonly record struct TracePatch(int Position, int Deleted, string Inserted);
