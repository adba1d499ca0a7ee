using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>The answer to "is my work lost?": what is still on the device and since when, what was discarded, and what is not known.</summary>
/// <param name="Sentence">The answer.</param>
/// <param name="More">What to know beside it, and what to do; in this order.</param>
public sealed record WorkAnswer(Band Band, string Sentence, IReadOnlyList<string> More)
{
    /// <param name="work">Over all events that are kept: decides the answer.</param>
    /// <param name="device">The device.</param>
    /// <param name="events">Those of the story beside it.</param>
    /// <param name="losses">Reports that never became events.</param>
    /// <param name="now">The present.</param>
    public static WorkAnswer Of(WorkStanding work, DeviceFacts device, IReadOnlyList<DeviceEvent> events, IReadOnlyList<DeviceLoss> losses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(losses);
        string[] more = [.. Beside(work, device, now), ServerSentence.Of(work, device, now), .. Waiting(device, events, now), .. Refused(events), .. Silence(device, now), .. Telemetry(device, losses)];
        return new WorkAnswer(BandOf(work.State), Say(work.Evidence[0], work.Server.State, device, now), more);
    }

    private static Band BandOf(WorkState state) => state switch
    {
        WorkState.Discarded or WorkState.Stuck => Band.Poor,
        WorkState.Rejected or WorkState.Overwritten or WorkState.Queued => Band.NeedsAttention,
        WorkState.OnServer => Band.Good,
        _ => Band.NoData,
    };

    private static string Say(WorkEvidence gravest, ChannelState server, DeviceFacts device, DateTimeOffset now) => gravest.State switch
    {
        WorkState.Discarded => $"{Changes(gravest, "was", "were")} lost: a client reset discarded them before they were synced.",
        WorkState.Rejected => $"{Changes(gravest, "was", "were")} refused by the server.",
        WorkState.Overwritten => $"{Changes(gravest, "was", "were")} overwritten in a conflict: the other side's are kept.",
        WorkState.Stuck or WorkState.Queued => $"{Changes(gravest, "is", "are")} still on the device{OldestOf(device, now)}.",
        WorkState.OnServer => "Nothing waits on the device: all it had written is synced.",
        _ when server == ChannelState.Disputed => "The device says that all it had written is synced, and the server does not know of it: whether it arrived is not known.",
        _ when device.LastSuccessAt is null => "The device has never synced: whether it holds work is not known.",
        _ => $"Nothing waited on the device when it was last heard of, {Age(now - device.LastSeenAt)} ago. What was written since then is not known.",
    };

    /// <summary>The rest of the evidence.</summary>
    private static IEnumerable<string> Beside(WorkStanding work, DeviceFacts device, DateTimeOffset now)
    {
        if (work.State == WorkState.Discarded)
            yield return $"The last such reset was {Age(now - work.Evidence[0].At)} ago.";
        foreach (var other in work.Evidence.Skip(1))
            if (other.State is WorkState.Rejected or WorkState.Overwritten)
                yield return $"{Changes(other, "was", "were")} {(other.State == WorkState.Rejected ? "refused by the server" : "overwritten in a conflict")}, the last {Age(now - other.At)} ago.";
            else if (other is { Items: > 0, By: Witness.Device })
                yield return $"{Quantity.Of(other.Items.Value, "other change waits", "other changes wait")} on the device{OldestOf(device, now)}.";
    }

    private static string Changes(WorkEvidence evidence, string one, string many) =>
        Quantity.Of(evidence.Items ?? 0, $"change {one}", $"changes {many}");

    private static string OldestOf(DeviceFacts device, DateTimeOffset now) => device.OldestPendingAt is { } at ? $", the oldest for {Age(now - at)}" : "";

    private static IEnumerable<string> Waiting(DeviceFacts device, IReadOnlyList<DeviceEvent> events, DateTimeOffset now)
    {
        var success = device.LastSuccessAt is { } at ? $"Its last sync succeeded {Age(now - at)} ago" : "No sync of it has ever succeeded";
        var attempt = events.Where(e => e.IsAttempt).MaxBy(e => e.At);
        yield return attempt is { IsSuccess: false }
            ? $"{success}; the last attempt, {Age(now - attempt.At)} ago over {SegmentWords.Value(attempt.Network)}, failed: {StoryRun.Reason(attempt)}."
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
