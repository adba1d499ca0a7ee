namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>A replica of a replay.</summary>
internal sealed class TraceReplica(TextDocument document)
{
    public TextDocument Document => document;

    /// <summary>The latest transactions it has seen.</summary>
    public IReadOnlyList<int> Tips { get; set; } = [];
}
