using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>A line of what a device is.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Value">In words; empty where it is a time.</param>
/// <param name="Title">What it means, where the name does not tell.</param>
/// <param name="At">The time that it is.</param>
public sealed record DeviceFactLine(string Name, string Value, string? Title = null, DateTimeOffset? At = null)
{
    /// <summary>Everything that is known of a device.</summary>
    public static IEnumerable<DeviceFactLine> All(DeviceFacts device)
    {
        ArgumentNullException.ThrowIfNull(device);
        yield return new("Key", device.Key, "The device's id as this installation knows it: a hash");
        yield return new("Model", device.DeviceModel.Length > 0 ? device.DeviceModel : "unknown");
        yield return new("App version", SegmentWords.Value(device.AppVersion));
        yield return new("OS", $"{SegmentWords.Value(device.Os)} {device.OsVersion}".TrimEnd());
        yield return new("Network", SegmentWords.Value(device.Network), "At its last report");
        yield return new("Waiting", Quantity.Of(device.QueueDepth, "item", "items"), "At its last report");
        if (device.OldestPendingAt is { } oldest && device.QueueDepth > 0)
            yield return new("Oldest write", "", At: oldest);
        yield return device.LastSuccessAt is { } success ? new("Last success", "", At: success) : new("Last success", "never");
        yield return new("Last seen", "", At: device.LastSeenAt);
        yield return new("First seen", "", At: device.FirstSeenAt);
        yield return new("Usual pause", device.LongestPause is { } pause ? $"up to {Quantity.Age(pause.TotalSeconds)}" : "not known yet", "The longest time between two of its reports in the two weeks before the last one");
        yield return new("Clock", device.ClockOffset == TimeSpan.Zero ? "right" : DeviceNote.ClockWords(device.ClockOffset));
        if (device.MissingEvents is { } missing)
            yield return new("Reports missing", Quantity.Count(missing), "Numbers of its sequence that no event carries");
        foreach (var (name, value) in device.Tags)
            yield return new(name, value, "Tag");
    }
}
