using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Alerts;

/// <summary>The attempts of one segment in a window, counted from rollups and the increments not yet folded into them, or from raw events.</summary>
/// <param name="Group">Values of the asked dimensions, in their order.</param>
/// <param name="OverAMinute">Attempts that took longer than 60 s: exact, where <paramref name="Durations"/> is within 1 %.</param>
/// <param name="Devices">Distinct devices with an attempt in the window, from raw events.</param>
public sealed record AttemptCounts(
    IReadOnlyList<string> Group, long Attempts, long Successes, long FirstTry, long OverAMinute, long Conflicts, long Conflicted, long Devices, DurationSketch Durations);
