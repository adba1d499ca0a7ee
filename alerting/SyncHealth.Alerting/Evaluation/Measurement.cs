namespace SyncHealth.Alerting.Evaluation;

/// <summary>What the data of one window says about a rule's metric.</summary>
/// <param name="Window">The time that was really counted.</param>
/// <param name="Attempts">Sync attempts in it; 0 for a share of devices.</param>
/// <param name="Devices">Distinct devices: with an attempt in it, or counted by the share.</param>
/// <param name="Offending">Those that the rule is about: failed attempts, attempts slower than the limit, conflicts, devices with a deep queue.</param>
/// <param name="Value">The metric in its unit; null when there was nothing to measure.</param>
public sealed record Measurement(TimeWindow Window, long Attempts, long Devices, long Offending, double? Value);
