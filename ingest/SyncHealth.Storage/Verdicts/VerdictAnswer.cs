using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Storage.Verdicts;

/// <summary>A verdict and what it was made of.</summary>
/// <param name="Verdict">The verdict; its baseline is empty where there is no other release.</param>
/// <param name="From">Start of the first day that was compared.</param>
/// <param name="Days">Days that were compared.</param>
/// <param name="WaitingDays">Days left out because less than <see cref="VerdictLimits.CompleteShare"/> of their events have arrived.</param>
/// <param name="SlowOverMs">Longer attempts count as slow: the baseline's p99 of these days or, in large fleets, a minute.</param>
/// <param name="OneDeviceIn">Of how many devices one was asked: 1 for all of them.</param>
public sealed record VerdictAnswer(ReleaseVerdict Verdict, DateTimeOffset From, int Days, int WaitingDays, double SlowOverMs, int OneDeviceIn);
