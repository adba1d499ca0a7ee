namespace SyncHealth.Client.Queue;

/// <summary>What the queue and a batch may hold.</summary>
/// <param name="MaxBytes">Most bytes of queued events.</param>
/// <param name="MaxAge">Greatest age of a queued event.</param>
/// <param name="BatchSize">Most events of a batch.</param>
internal sealed record QueueLimits(long MaxBytes, TimeSpan MaxAge, int BatchSize)
{
    /// <summary>Most bytes of a batch's events: far below the server's 10 MiB, and about what a bad mobile network carries within the time limit.</summary>
    internal const long MaxBatchBytes = 512 * 1024;
}
