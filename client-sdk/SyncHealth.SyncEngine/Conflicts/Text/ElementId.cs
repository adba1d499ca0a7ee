namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>One code point that was ever inserted, or the lack of one at an end of the document.</summary>
/// <param name="Agent">Place of its author among the logs of this replica: another number on every replica.</param>
/// <param name="Seq">The author's sequence number.</param>
internal readonly record struct ElementId(int Agent, int Seq)
{
    /// <summary>Before the first element where it stands for a left origin, behind the last where for a right one.</summary>
    public static readonly ElementId None = new(-1, -1);

    public bool IsNone => Agent < 0;
}
