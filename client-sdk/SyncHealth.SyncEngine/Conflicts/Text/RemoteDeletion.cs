namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Elements that an agent deleted elsewhere.</summary>
internal sealed class RemoteDeletion : RemoteEntry
{
    public required int TargetAgent { get; set; }

    /// <summary>The lowest sequence number deleted.</summary>
    public required int TargetSeq { get; set; }

    /// <summary>Whether the highest went first.</summary>
    public required bool IsBackward { get; init; }

    public override void Localize(ReadOnlySpan<int> logs)
    {
        base.Localize(logs);
        TargetAgent = logs[TargetAgent];
    }

    public override void Skip(int count)
    {
        base.Skip(count);
        if (!IsBackward)
            TargetSeq += count;
    }
}
