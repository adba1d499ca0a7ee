namespace SyncHealth.Storage.Vitals;

/// <summary>The durations of one point, milliseconds: buckets ascending, empty ones left out. The bounds are those of a distribution of durations.</summary>
/// <param name="At">Start of the point.</param>
/// <param name="Successes">Successful attempts.</param>
/// <param name="Others">Attempts that did not succeed.</param>
public sealed record DurationSlice(DateTimeOffset At, IReadOnlyList<DistributionBucket> Successes, IReadOnlyList<DistributionBucket> Others);
