namespace SyncHealth.Storage.Keys;

/// <summary>What an ingest key may do. It can only write.</summary>
/// <param name="Id">First 12 hexadecimal digits of the key's hash: names a key in lists and logs without revealing it.</param>
/// <param name="AppName">The app it writes for; null accepts any.</param>
/// <param name="Label">What a person called it.</param>
/// <param name="AllowedOrigins">Origins that CORS preflights are answered for.</param>
public sealed record IngestKey(
    string Id, string? AppName, string Label, IReadOnlyList<string> AllowedOrigins, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
