namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>A stretch of one agent's sequence numbers as it came in an update.</summary>
internal abstract class RemoteEntry
{
    /// <summary>The author: its place in the table of the update at first, among the logs of this replica once that is known.</summary>
    public required int Agent { get; set; }

    public required int Seq { get; set; }

    public required int Length { get; set; }

    public int End => Seq + Length;

    /// <summary>Turns places in the table of the update into places among the logs of this replica.</summary>
    public virtual void Localize(ReadOnlySpan<int> logs) => Agent = logs[Agent];

    /// <summary>Drops what this replica has seen before.</summary>
    public virtual void Skip(int count)
    {
        Seq += count;
        Length -= count;
    }

    protected static ElementId Localize(ElementId id, ReadOnlySpan<int> logs) => id.IsNone ? id : id with { Agent = logs[id.Agent] };
}
