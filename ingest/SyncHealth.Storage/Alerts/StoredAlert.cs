namespace SyncHealth.Storage.Alerts;

/// <summary>An alert instance as last evaluated.</summary>
/// <param name="Version">Raised by every save; a save succeeds only from the newest.</param>
/// <param name="Class"><c>threshold</c>, <c>no_data</c> or <c>late</c>.</param>
/// <param name="StateJson">The state machine's memory, opaque to storage.</param>
public sealed record StoredAlert(string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Class, long Version, string StateJson);
