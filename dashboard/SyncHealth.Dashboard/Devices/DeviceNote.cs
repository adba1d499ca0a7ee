using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>One thing that is out of the ordinary with a device.</summary>
/// <param name="Text">In two or three words.</param>
/// <param name="Why">In a sentence.</param>
public sealed record DeviceNote(Band Band, string Text, string Why)
{
    /// <summary>Unsynced work of this age should have left the device: people look at their devices once a day.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromDays(1);

    /// <summary>A shorter silence is a night.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromDays(1);

    /// <summary>The drift from which ingest corrects times: 55 minutes, below which time zones and slow uploads explain it.</summary>
    private static readonly TimeSpan ClockWrong = TimeSpan.FromMinutes(55);

    public static IEnumerable<DeviceNote> Of(DeviceFacts device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.QueueDepth > 0 && device.OldestPendingAt is { } oldest && now - oldest >= Stuck)
            yield return new DeviceNote(Band.Poor, "stuck", $"Work has waited for {Age(now - oldest)}.");
        if (IsSilent(device, now))
            yield return new DeviceNote(Band.NeedsAttention, "silent", $"Not heard of for {Age(now - device.LastSeenAt)}; its longest pause before was {Age(device.LongestPause!.Value)}.");
        if (device.LastSuccessAt is null)
            yield return new DeviceNote(Band.NeedsAttention, "never synced", $"First seen {Age(now - device.FirstSeenAt)} ago, and no sync has succeeded since.");
        if (device.ClockOffset.Duration() >= ClockWrong)
            yield return new DeviceNote(Band.NeedsAttention, "clock off", ClockWords(device.ClockOffset));
    }

    /// <summary>Whether it has been silent for a day and for twice its own longest pause: the definition of the list's SQL.</summary>
    public static bool IsSilent(DeviceFacts device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        return now - device.LastSeenAt > Silent && device.LongestPause is { } pause && now - device.LastSeenAt > 2 * pause;
    }

    /// <summary>"Its clock is 3 h ahead; times here are corrected."</summary>
    /// <param name="offset">Corrected time minus the device's own.</param>
    public static string ClockWords(TimeSpan offset) =>
        $"Its clock is {Age(offset.Duration())} {(offset < TimeSpan.Zero ? "ahead" : "behind")}; times here are corrected.";

    private static string Age(TimeSpan span) => Quantity.Age(span.TotalSeconds);
}
