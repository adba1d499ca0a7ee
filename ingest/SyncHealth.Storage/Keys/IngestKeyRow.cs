namespace SyncHealth.Storage.Keys;

/// <summary>A row of <c>ingest_key</c> as Dapper reads it (by property: it matches constructors only without arrays).</summary>
internal sealed record IngestKeyRow
{
    public byte[] Hash { get; init; } = [];
    public required string Id { get; init; }
    public string? AppName { get; init; }
    public required string Label { get; init; }
    public required string[] AllowedOrigins { get; init; }
    public required string Line { get; init; }
    public int? EventsPerSecond { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? PausedAt { get; init; }
    public DateTime? RevokedAt { get; init; }
    public DateTime? LastUsedAt { get; init; }

    public IngestKey ToKey() => new(Id, AppName, Label, AllowedOrigins, CreatedAt, RevokedAt)
    {
        Line = Line,
        EventsPerSecond = EventsPerSecond,
        PausedAt = PausedAt,
        LastUsedAt = LastUsedAt,
    };
}
