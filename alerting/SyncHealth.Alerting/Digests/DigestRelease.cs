namespace SyncHealth.Alerting.Digests;

/// <summary>A release that came into traffic during the period.</summary>
/// <param name="Share">Percent of the period's attempts.</param>
/// <param name="SuccessRate">Percent; null without attempts.</param>
public sealed record DigestRelease(string Version, double Share, double? SuccessRate);
