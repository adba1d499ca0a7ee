namespace SyncHealth.Storage.Keys;

/// <summary>The answer to "may this key write?". <paramref name="Key"/> is set when <paramref name="Status"/> is <see cref="KeyLookupStatus.Valid"/>.</summary>
public readonly record struct KeyLookup(KeyLookupStatus Status, IngestKey? Key);
