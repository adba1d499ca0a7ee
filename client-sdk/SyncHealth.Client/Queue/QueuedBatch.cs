namespace SyncHealth.Client.Queue;

/// <summary>A batch that is to be sent: the same key, events and losses at every attempt.</summary>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="ServerErrors">How often the server has answered 500 to it.</param>
internal sealed record QueuedBatch(long Id, string Key, long FirstSeq, long LastSeq, int Attempt, int ServerErrors)
{
    internal byte[] Resource { get; init; } = [];

    internal IReadOnlyList<QueuedEvent> Events { get; init; } = [];

    internal IReadOnlyList<QueuedLoss> Dropped { get; init; } = [];
}
