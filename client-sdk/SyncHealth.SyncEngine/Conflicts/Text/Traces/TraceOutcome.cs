namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>What a replay came to.</summary>
/// <param name="Edits">Edits replayed.</param>
/// <param name="Elapsed">Time for making every edit, turning it into bytes, and merging those where the trace says so.</param>
/// <param name="Bytes">Bytes of the updates, one an edit transaction, together.</param>
/// <param name="SnapshotBytes">Bytes of the whole document with its history in the end.</param>
/// <param name="IsMatch">Whether every replica, and a reader that saw nothing but the updates, hold the trace's end content.</param>
public sealed record TraceOutcome(int Edits, TimeSpan Elapsed, long Bytes, int SnapshotBytes, bool IsMatch);
