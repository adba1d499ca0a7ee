namespace SyncHealth.Storage.Writes;

/// <summary>A batch on its way to a commit.</summary>
internal sealed class WriteRequest(EventBatch batch)
{
    // Continuations run elsewhere: a slow caller must not hold up the writer.
    private readonly TaskCompletionSource<WriteReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventBatch Batch => batch;

    /// <summary>When it was made, on the real clock: it is added at once.</summary>
    public long AddedAt { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>What the batch counts against the queue's bound: an empty one is still a unit of work.</summary>
    public int Weight => batch.Events.Count + batch.Quarantined.Count + batch.Drops.Count + 1;

    /// <summary>Whether the events are staged first, because some are likely or known to be in the database.</summary>
    public bool IsStaged { get; set; } = batch.LikelyResend;

    public Task<WriteReceipt> Receipt => _receipt.Task;

    public void Complete(WriteReceipt receipt) => _receipt.TrySetResult(receipt);

    public void Fail(WriteStatus status) => Complete(new WriteReceipt(status, 0, 0, 0));
}
