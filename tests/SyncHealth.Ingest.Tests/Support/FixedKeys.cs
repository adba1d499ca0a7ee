using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>Four keys: <c>any</c> takes any app, <c>notes</c> and <c>notes-2</c> one app and one origin, <c>away</c> cannot be looked up.</summary>
internal sealed class FixedKeys : IKeyFinder
{
    public const string AnyApp = "any";
    public const string Notes = "notes";
    public const string OtherNotes = "notes-2";
    public const string Away = "away";
    public const string Origin = "https://notes.example";

    public ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult(key switch
    {
        AnyApp => new KeyLookup(KeyLookupStatus.Valid, Key(key, null)),
        Notes or OtherNotes => new KeyLookup(KeyLookupStatus.Valid, Key(key, "notes")),
        Away => new KeyLookup(KeyLookupStatus.Unavailable, null),
        _ => new KeyLookup(KeyLookupStatus.Unknown, null),
    });

    /// <summary>Limits of apps, by name.</summary>
    public Dictionary<string, AppLimits> Limits { get; } = [];

    /// <summary>Limits of keys, by id.</summary>
    public Dictionary<string, int> Rates { get; } = [];

    public AppLimits? LimitsOf(string app) => Limits.GetValueOrDefault(app);

    private IngestKey Key(string id, string? app) => new(id, app, id, [Origin], DateTimeOffset.UnixEpoch, null)
    {
        EventsPerSecond = Rates.TryGetValue(id, out var rate) ? rate : null,
    };
}
