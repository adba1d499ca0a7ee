namespace SyncHealth.Storage.Devices;

/// <summary>The last known state of a device.</summary>
public sealed record DeviceFacts
{
    /// <summary>The opaque 16-digit hexadecimal device key.</summary>
    public required string Key { get; init; }

    public string AppVersion { get; init; } = "";
    public string Os { get; init; } = "";
    public string OsVersion { get; init; } = "";
    public string Network { get; init; } = "";
    public string DeviceModel { get; init; } = "";
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Unsynced items at the last report.</summary>
    public int QueueDepth { get; init; }

    /// <summary>When the oldest of them was written; null when the device did not say.</summary>
    public DateTimeOffset? OldestPendingAt { get; init; }

    /// <summary>Null for a device that never synced.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>What its clock was taken to be ahead, with the sign turned: corrected time minus its own. Zero when it was right.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>The longest time between two of its reports in the 14 days before the last one; null when it made fewer than three.</summary>
    public TimeSpan? LongestPause { get; init; }

    /// <summary>Numbers in its sequence that no event carries; null when it numbers nothing, or nonsense, and in lists.</summary>
    public long? MissingEvents { get; init; }
}
