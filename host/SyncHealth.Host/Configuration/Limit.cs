namespace SyncHealth.Host.Configuration;

/// <summary>A number that was asked for, or that there shall be none.</summary>
/// <param name="Number">Null: none.</param>
internal sealed record Limit(int? Number);
