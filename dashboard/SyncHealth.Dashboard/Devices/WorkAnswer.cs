using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>The answer to "is my work lost?": what is still on the device and since when, what was discarded, and what is not known.</summary>
/// <param name="Sentence">The answer.</param>
/// <param name="More">What to know beside it, and what to do; in this order.</param>
public sealed record WorkAnswer(Band Band, string Sentence, IReadOnlyList<string> More)
{
    /// <summary>After this time without a report "as of its last report" is old news.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public static WorkAnswer Of(DeviceFacts device, IReadOnlyList<DeviceEvent> events, IReadOnlyList<DeviceLoss> losses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(losses);
        var discarded = events.Where(e => e.Type == "reset" && e.Rejected > 0).ToArray();
        string[] more = [.. Discarded(discarded, device, now), .. Waiting(device, events, now), .. Refused(events), .. Silence(device, now), .. Telemetry(device, losses)];
        if (discarded.Length > 0)
            return new WorkAnswer(Band.Poor, $"{Quantity.Of(discarded.Sum(e => (long)e.Rejected), "change was", "changes were")} lost: a client reset discarded them before they were synced.", more);
        if (device.QueueDepth > 0)
            return new WorkAnswer(
                device.OldestPendingAt is { } oldest && now - oldest >= TimeSpan.FromDays(1) ? Band.Poor : Band.NeedsAttention,
                $"{Quantity.Of(device.QueueDepth, "change is", "changes are")} still on the device{(device.OldestPendingAt is { } at ? $", the oldest for {Age(now - at)}" : "")}.", more);
        return now - device.LastSeenAt < Fresh
            ? new WorkAnswer(Band.Good, "Nothing waits on the device: all it had written is synced.", more)
            : new WorkAnswer(Band.NoData, $"Nothing waited on the device when it was last heard of, {Age(now - device.LastSeenAt)} ago. What was written since then is not known.", more);
    }

    private static IEnumerable<string> Discarded(DeviceEvent[] resets, DeviceFacts device, DateTimeOffset now)
    {
        if (resets.Length == 0)
            yield break;
        yield return $"The last such reset was {Age(now - resets.Max(reset => reset.At))} ago.";
        if (device.QueueDepth > 0)
            yield return $"{Quantity.Of(device.QueueDepth, "other change waits", "other changes wait")} on the device{(device.OldestPendingAt is { } at ? $", the oldest for {Age(now - at)}" : "")}.";
    }

    private static IEnumerable<string> Waiting(DeviceFacts device, IReadOnlyList<DeviceEvent> events, DateTimeOffset now)
    {
        var success = device.LastSuccessAt is { } at ? $"Its last sync succeeded {Age(now - at)} ago" : "No sync of it has ever succeeded";
        var attempt = events.Where(e => e.IsAttempt).MaxBy(e => e.At);
        yield return attempt is { IsSuccess: false }
            ? $"{success}; the last attempt, {Age(now - attempt.At)} ago over {SegmentWords.Value(attempt.Network)}, failed: {attempt.ErrorKind}{(attempt.ErrorCode.Length > 0 ? $" ({attempt.ErrorCode})" : "")}."
            : $"{success}.";
    }

    private static IEnumerable<string> Refused(IReadOnlyList<DeviceEvent> events)
    {
        var refused = events.Where(e => e.IsAttempt).Sum(e => (long)e.Rejected);
        if (refused > 0)
            yield return $"The server refused {Quantity.Of(refused, "item", "items")} in this time: see below which.";
    }

    private static IEnumerable<string> Silence(DeviceFacts device, DateTimeOffset now)
    {
        if (DeviceNote.IsSilent(device, now))
            yield return $"It has been silent for {Age(now - device.LastSeenAt)}, and never for more than {Age(device.LongestPause!.Value)} in the two weeks before: ask its user to open the app.";
    }

    private static IEnumerable<string> Telemetry(DeviceFacts device, IReadOnlyList<DeviceLoss> losses)
    {
        if (device.MissingEvents > 0)
            yield return $"{Quantity.Of(device.MissingEvents.Value, "report of it never", "reports of it never")} arrived: its story may have holes.";
        foreach (var loss in losses)
            yield return loss.Kind == "dropped"
                ? $"The device dropped {Quantity.Of(loss.Count, "report", "reports")} ({loss.Reason}) before sending them; telemetry, not its user's work."
                : $"{Quantity.Of(loss.Count, "report was", "reports were")} refused for the time they claim ({loss.Reason}): the device's clock is wrong.";
    }

    private static string Age(TimeSpan span) => Quantity.Age(span.TotalSeconds);
}
