namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Sequence numbers that deleted neighbouring elements of one author, one each.</summary>
internal sealed class Deletion : LogEntry
{
    public required int TargetAgent { get; init; }

    /// <summary>The lowest sequence number deleted.</summary>
    public required int TargetSeq { get; set; }

    /// <summary>Whether the highest went first, as under the backspace key.</summary>
    public bool IsBackward { get; set; }

    /// <summary>
    /// Takes further elements in, when they go on in the same direction. In how many pieces they come does not matter: replicas that heard of the
    /// same deletions have the same entries.
    /// </summary>
    public bool TryExtend(int agent, int seq, int count, bool isBackward)
    {
        if (agent != TargetAgent)
            return false;
        if (seq == TargetSeq + Length && (!IsBackward || Length == 1) && (!isBackward || count == 1))
        {
            IsBackward = false;
            Length += count;
            return true;
        }

        if (seq + count != TargetSeq || (!isBackward && count > 1) || (!IsBackward && Length > 1))
            return false;
        IsBackward = true;
        TargetSeq = seq;
        Length += count;
        return true;
    }
}
