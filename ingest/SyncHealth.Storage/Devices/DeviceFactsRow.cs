using System.Text.Json;

namespace SyncHealth.Storage.Devices;

/// <summary>The state of a device as SQL returns it.</summary>
internal sealed record DeviceFactsRow
{
    public long DeviceKey { get; init; }
    public string AppVersion { get; init; } = "";
    public string Os { get; init; } = "";
    public string OsVersion { get; init; } = "";
    public string Network { get; init; } = "";
    public string DeviceModel { get; init; } = "";
    public string TagsJson { get; init; } = "{}";
    public int QueueDepth { get; init; }
    public DateTime? OldestPendingAt { get; init; }
    public DateTime? LastSuccessAt { get; init; }
    public DateTime LastSeenAt { get; init; }
    public DateTime FirstSeenAt { get; init; }
    public long ClockOffsetMs { get; init; }
    public TimeSpan? LongestPause { get; init; }
    public long? MissingEvents { get; init; }
    public long Total { get; init; }

    public DeviceFacts ToFacts() => new()
    {
        Key = DeviceKeyText.Of(DeviceKey),
        AppVersion = AppVersion,
        Os = Os,
        OsVersion = OsVersion,
        Network = Network,
        DeviceModel = DeviceModel,
        Tags = JsonSerializer.Deserialize<Dictionary<string, string>>(TagsJson) ?? [],
        QueueDepth = QueueDepth,
        OldestPendingAt = Utc(OldestPendingAt),
        LastSuccessAt = Utc(LastSuccessAt),
        LastSeenAt = new DateTimeOffset(LastSeenAt, TimeSpan.Zero),
        FirstSeenAt = new DateTimeOffset(FirstSeenAt, TimeSpan.Zero),
        ClockOffset = TimeSpan.FromMilliseconds(ClockOffsetMs),
        LongestPause = LongestPause,
        MissingEvents = MissingEvents,
    };

    private static DateTimeOffset? Utc(DateTime? at) => at is { } moment ? new DateTimeOffset(moment, TimeSpan.Zero) : null;
}
