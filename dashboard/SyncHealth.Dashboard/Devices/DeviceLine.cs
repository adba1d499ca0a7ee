using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>A device as a line of the list. Ages are words, as of the moment of the read.</summary>
/// <param name="Short">The part of the key that people can compare at a glance.</param>
/// <param name="Oldest">Age of the oldest unsynced write.</param>
/// <param name="Synced">Time since the last success.</param>
/// <param name="Seen">Time since the last report.</param>
/// <param name="Usual">Its own longest pause before.</param>
/// <param name="Notes">What is out of the ordinary, the worst first; empty when nothing is.</param>
public sealed record DeviceLine(
    string Key, string Short, string Model, string Version, string System, string Network, string Waiting, string Oldest, string Synced, string Seen, string Usual,
    IReadOnlyList<DeviceNote> Notes)
{
    private const int KeyShown = 8;
    private const string Nothing = "–";

    public static DeviceLine Of(DeviceFacts device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DeviceLine(
            device.Key, device.Key[..Math.Min(KeyShown, device.Key.Length)], device.DeviceModel, SegmentWords.Value(device.AppVersion),
            $"{SegmentWords.Value(device.Os)} {device.OsVersion}".TrimEnd(), SegmentWords.Value(device.Network),
            Quantity.Count(device.QueueDepth),
            device.QueueDepth > 0 && device.OldestPendingAt is { } oldest ? Age(now - oldest) : Nothing,
            device.LastSuccessAt is { } success ? Age(now - success) : "never",
            Age(now - device.LastSeenAt),
            device.LongestPause is { } pause ? Age(pause) : Nothing,
            [.. DeviceNote.Of(device, now).OrderByDescending(note => note.Band)]);
    }

    private static string Age(TimeSpan span) => Quantity.Age(span.TotalSeconds);
}
