namespace SyncHealth.Storage.Retention;

/// <summary>An app with a retention of its own; null where it has none.</summary>
internal sealed record DueApp
{
    public required string App { get; init; }
    public int? RawDays { get; init; }
    public int? HourDays { get; init; }
    public int? DayDays { get; init; }
}
