namespace SyncHealth.Storage.Writes;

/// <summary>Commits batches. The implementation groups concurrent batches into one transaction.</summary>
public interface IEventWriter
{
    /// <summary>Whether a batch would be refused as overload at this moment: worth knowing before one is read.</summary>
    bool IsOverloaded => false;

    /// <summary>Completes after the transaction that holds the whole batch has committed, or with the reason why it did not.</summary>
    /// <remarks>Does not throw for a database that is away: failure is data here. Cancelling gives up the wait, not the write.</remarks>
    ValueTask<WriteReceipt> WriteAsync(EventBatch batch, CancellationToken cancellationToken);
}
