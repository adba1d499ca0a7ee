namespace SyncHealth.Storage.Alerts;

/// <summary>An alert instance as last evaluated.</summary>
/// <param name="Version">Raised by every save; a save succeeds only from the newest.</param>
/// <param name="Class"><c>threshold</c>, <c>no_data</c>, <c>late</c>, <c>ingest_down</c>, <c>rules_refused</c> or <c>group</c>.</param>
/// <param name="StateJson">The state machine's memory, opaque to storage.</param>
public sealed record StoredAlert(string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Class, long Version, string StateJson)
{
    /// <summary>Who said that they are on its present incident; null while nobody did.</summary>
    public string? AcknowledgedBy { get; init; }
}
