namespace SyncHealth.Client.Queue;

/// <summary>Which events were given up after they had been sent without an answer: the server knows which of them it has. Without a hole, so that it holds none that were delivered.</summary>
/// <param name="FirstSeq">The lowest of their numbers.</param>
/// <param name="LastSeq">The highest.</param>
/// <param name="FirstAtMs">The earliest of their times, Unix ms.</param>
/// <param name="LastAtMs">The latest.</param>
internal sealed record DoubtfulRange(long FirstSeq, long LastSeq, long FirstAtMs, long LastAtMs);
