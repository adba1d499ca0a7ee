namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>Edits that one agent made one after the other.</summary>
/// <param name="Agent">Who made them, from 0.</param>
/// <param name="Parents">The transactions, by their place in the trace, that with all before them had been seen.</param>
/// <param name="Patches">The edits; each position counts what the ones before have changed.</param>
public sealed record TraceTransaction(int Agent, IReadOnlyList<int> Parents, IReadOnlyList<TracePatch> Patches);
