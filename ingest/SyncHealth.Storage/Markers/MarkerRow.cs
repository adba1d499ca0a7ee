namespace SyncHealth.Storage.Markers;

/// <summary>A row of <c>marker</c> as Dapper reads it.</summary>
internal sealed record MarkerRow
{
    public Guid Id { get; init; }
    public string? App { get; init; }
    public DateTime At { get; init; }
    public required string Text { get; init; }

    public Marker ToMarker() => new(Id, App, At, Text);
}
