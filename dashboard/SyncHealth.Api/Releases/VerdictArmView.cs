namespace SyncHealth.Api.Releases;

/// <summary>What was counted of one release.</summary>
public sealed record VerdictArmView(long Attempts, long Devices);
