using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Keys;

/// <summary>An ingest key as the admin routes show it.</summary>
/// <param name="Line">Id of the first key of its line: rotation puts two live keys into one.</param>
/// <param name="App">The app it writes for; null accepts any.</param>
/// <param name="EventsPerSecond">Its limit; null leaves it to the installation.</param>
/// <param name="LastUsedAt">When it last came with a request, to within seconds; null: never.</param>
/// <param name="State"><c>live</c>, <c>paused</c> or <c>revoked</c>.</param>
public sealed record KeyView(
    string Id, string Line, string? App, string Label, IReadOnlyList<string> Origins, int? EventsPerSecond, string State,
    DateTimeOffset CreatedAt, DateTimeOffset? PausedAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    public static KeyView Of(IngestKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var state = key switch { { RevokedAt: not null } => "revoked", { PausedAt: not null } => "paused", _ => "live" };
        return new KeyView(key.Id, key.Line, key.AppName, key.Label, key.AllowedOrigins, key.EventsPerSecond, state, key.CreatedAt, key.PausedAt, key.RevokedAt, key.LastUsedAt);
    }
}
