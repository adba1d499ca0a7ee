namespace SyncHealth.Statistics.Verdicts;

/// <summary>Both arms' own changes in one stratum; a device is in the one stratum that had most of its attempts.</summary>
/// <param name="Stratum">The stratum.</param>
/// <param name="Release">Devices that took the release: before it and after it.</param>
/// <param name="Baseline">Devices that did not: the same days.</param>
public sealed record StratumChanges(Stratum Stratum, ArmChanges Release, ArmChanges Baseline);
