namespace SyncHealth.Storage.Vitals;

/// <summary>Distinct devices of one group in one point.</summary>
internal sealed record DeviceCount
{
    public string[] GroupKey { get; init; } = [];
    public DateTime At { get; init; }
    public long Devices { get; init; }
}
