namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>A stretch of one agent's sequence numbers that did one thing. It never crosses a page of the log.</summary>
internal abstract class LogEntry
{
    /// <summary>First sequence number.</summary>
    public int Seq { get; set; }

    /// <summary>Sequence numbers in it.</summary>
    public int Length { get; set; }

    public int End => Seq + Length;
}
