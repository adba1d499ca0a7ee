namespace SyncHealth.Faults.Tests.Sums;

/// <summary>What the vital signs add up over a range.</summary>
internal sealed record Totals(long Attempts, long Pushed, long Pulled, long BytesUp, long BytesDown, long Conflicts, long Discarded, long Over60s);
