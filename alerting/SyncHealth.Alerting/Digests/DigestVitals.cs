namespace SyncHealth.Alerting.Digests;

/// <summary>The five vital signs of a period. Null where nothing is known.</summary>
/// <param name="SuccessRate">Percent, with the ends of its 95 % interval.</param>
/// <param name="DurationP99">Milliseconds.</param>
/// <param name="ConflictRate">Percent.</param>
/// <param name="QueueP99">Items waiting on a device, nearest rank over devices.</param>
/// <param name="StalenessP90">Seconds since the last success, nearest rank over devices.</param>
public sealed record DigestVitals(
    long Attempts, long? Devices, double? SuccessRate, double? SuccessLow, double? SuccessHigh, double? DurationP99, double? ConflictRate, int? QueueP99, double? StalenessP90);
