namespace SyncHealth.Storage.Vitals;

/// <summary>An app that has sent at least one event, with the values its core dimensions took.</summary>
public sealed record AppSummary(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Dimensions);
