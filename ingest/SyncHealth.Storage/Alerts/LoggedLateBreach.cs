namespace SyncHealth.Storage.Alerts;

/// <summary>A breach that late data showed.</summary>
/// <param name="InputsJson">What the evaluation saw, opaque to storage.</param>
/// <param name="Unit"><c>percent</c>, <c>ms</c> or <c>count</c>.</param>
public sealed record LoggedLateBreach(string Rule, IReadOnlyDictionary<string, string> Segment, string InputsJson, string Unit);
