namespace SyncHealth.Api.Keys;

/// <summary>All ingest keys, oldest first.</summary>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);
