using System.Globalization;

namespace SyncHealth.Storage.Devices;

/// <summary>A device as SQL returns it.</summary>
internal sealed record DeviceRow
{
    public long DeviceKey { get; init; }
    public string AppVersion { get; init; } = "";
    public string Os { get; init; } = "";
    public string OsVersion { get; init; } = "";
    public string Network { get; init; } = "";
    public string DeviceModel { get; init; } = "";
    public int QueueDepth { get; init; }
    public DateTime? OldestPendingAt { get; init; }
    public DateTime? LastSuccessAt { get; init; }
    public DateTime LastSeenAt { get; init; }

    public DeviceSummary ToSummary() => new(
        DeviceKey.ToString("x16", CultureInfo.InvariantCulture), AppVersion, Os, OsVersion, Network, DeviceModel, QueueDepth,
        Utc(OldestPendingAt), Utc(LastSuccessAt), new DateTimeOffset(LastSeenAt, TimeSpan.Zero));

    private static DateTimeOffset? Utc(DateTime? at) => at is { } moment ? new DateTimeOffset(moment, TimeSpan.Zero) : null;
}
