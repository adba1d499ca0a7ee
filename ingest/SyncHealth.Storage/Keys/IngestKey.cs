namespace SyncHealth.Storage.Keys;

/// <summary>What an ingest key may do. It can only write.</summary>
/// <param name="Id">First 12 hexadecimal digits of the key's hash: names a key in lists and logs without revealing it.</param>
/// <param name="AppName">The app it writes for; null accepts any.</param>
/// <param name="Label">What a person called it.</param>
/// <param name="AllowedOrigins">Origins that CORS preflights are answered for.</param>
public sealed record IngestKey(
    string Id, string? AppName, string Label, IReadOnlyList<string> AllowedOrigins, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Events a second of a new key unless said otherwise: a million devices that sync fifty times a day send 600.</summary>
    public const int DefaultEventsPerSecond = 5_000;

    /// <summary>Id of the first key of its line: a key and its successors share it.</summary>
    public string Line { get; init; } = Id;

    /// <summary>Events a second that it may send on average over all processes; null leaves it to the installation.</summary>
    public int? EventsPerSecond { get; init; }

    /// <summary>Since when it is paused; null when it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it last came with a request, to within seconds; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
