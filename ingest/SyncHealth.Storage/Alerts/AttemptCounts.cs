using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Alerts;

/// <summary>The attempts of a window, counted from rollups and the increments not yet folded into them, in one snapshot.</summary>
/// <param name="OverAMinute">Attempts that took longer than 60 s: exact, where <paramref name="Durations"/> is within 1 %.</param>
/// <param name="Devices">Distinct devices with an attempt in the window, from raw events.</param>
public sealed record AttemptCounts(long Attempts, long Successes, long OverAMinute, long Conflicts, long Devices, DurationSketch Durations);
