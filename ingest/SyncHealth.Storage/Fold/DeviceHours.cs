namespace SyncHealth.Storage.Fold;

/// <summary>An hour of a core segment whose devices go into its sets.</summary>
internal sealed record DeviceHours
{
    public int CoreId { get; init; }
    public DateTime HourAt { get; init; }
    public long Rows { get; init; }
}
