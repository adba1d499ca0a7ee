namespace SyncHealth.Benchmarks.Ingest;

/// <summary>One event of the load: what an SDK typically says about a sync attempt.</summary>
internal sealed record SampleEvent(
    Guid Id, long Seq, DateTimeOffset At, bool Success, int DurationMs, int Pushed, int Pulled, int Conflicts, int Queued, string Network, string Trigger);
