namespace SyncHealth.Storage.Alerts;

/// <summary>What recording an outcome came to.</summary>
/// <param name="IsRecorded">False when the lease was lost meanwhile, and nothing was written.</param>
/// <param name="PassedOnTo">The fallback that hears it instead; null when nobody does.</param>
public readonly record struct RecordedOutcome(bool IsRecorded, string? PassedOnTo);
