namespace SyncHealth.Storage.Writes;

/// <summary>How writing a batch ended. Only <see cref="Committed"/> may be acknowledged.</summary>
public enum WriteStatus
{
    /// <summary>Durable in Postgres.</summary>
    Committed = 1,

    /// <summary>The database is away or refused the transaction; nothing of the batch is known to be durable.</summary>
    Unavailable = 2,

    /// <summary>The write queue is full; try again later.</summary>
    Overloaded = 3,

    /// <summary>The writer is stopping and takes no more work.</summary>
    ShuttingDown = 4,
}
