namespace SyncHealth.Storage.Keys;

/// <summary>A row of <c>ingest_key</c> as Dapper reads it.</summary>
internal sealed record IngestKeyRow(string Id, string? AppName, string Label, string[] AllowedOrigins, DateTime CreatedAt, DateTime? RevokedAt)
{
    public IngestKey ToKey() => new(Id, AppName, Label, AllowedOrigins, CreatedAt, RevokedAt);
}
