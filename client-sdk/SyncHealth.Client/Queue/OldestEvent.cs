namespace SyncHealth.Client.Queue;

/// <summary>The oldest event of the queue: whether it is too old to be accepted, and the batch that holds it, if one does, with that batch's end.</summary>
internal readonly record struct OldestEvent(long Seq, bool Expired, (long Id, string Key, int Attempts)? Batch, long LastSeq);
