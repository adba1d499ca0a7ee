using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>Three keys: <c>any</c> takes any app, <c>notes</c> one app and one origin, <c>away</c> cannot be looked up.</summary>
internal sealed class FixedKeys : IKeyFinder
{
    public const string AnyApp = "any";
    public const string Notes = "notes";
    public const string Away = "away";
    public const string Origin = "https://notes.example";

    public ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult(key switch
    {
        AnyApp => new KeyLookup(KeyLookupStatus.Valid, Key(key, null)),
        Notes => new KeyLookup(KeyLookupStatus.Valid, Key(key, "notes")),
        Away => new KeyLookup(KeyLookupStatus.Unavailable, null),
        _ => new KeyLookup(KeyLookupStatus.Unknown, null),
    });

    private static IngestKey Key(string id, string? app) => new(id, app, id, [Origin], DateTimeOffset.UnixEpoch, null);
}
