namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Sequence numbers that deleted neighbouring elements of one author, one each.</summary>
internal sealed class Deletion : LogEntry
{
    public required int TargetAgent { get; init; }

    /// <summary>The lowest sequence number deleted.</summary>
    public required int TargetSeq { get; set; }

    /// <summary>Whether the highest went first, as under the backspace key.</summary>
    public bool IsBackward { get; set; }

    /// <summary>Takes further elements in, when they go on in the same direction.</summary>
    public bool TryExtend(int agent, int seq, int count)
    {
        if (agent != TargetAgent)
            return false;
        if (seq == TargetSeq + Length && (!IsBackward || Length == 1))
        {
            IsBackward = false;
            Length += count;
            return true;
        }

        if (count != 1 || seq != TargetSeq - 1 || (!IsBackward && Length != 1))
            return false;
        IsBackward = true;
        TargetSeq = seq;
        Length++;
        return true;
    }
}
