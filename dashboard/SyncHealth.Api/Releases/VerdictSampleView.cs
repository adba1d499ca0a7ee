namespace SyncHealth.Api.Releases;

/// <summary>What was counted of the two.</summary>
public sealed record VerdictSampleView(VerdictArmView Release, VerdictArmView Baseline);
