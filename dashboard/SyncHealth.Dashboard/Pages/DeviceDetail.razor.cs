using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Pages;

/// <summary>What happened on this device, and is the work on it safe?</summary>
public sealed partial class DeviceDetail(PageFeed<DeviceState, DeviceView> feed, ViewerPresence presence) : LivePage<DeviceState, DeviceView>(feed, presence)
{
    private const int KeyShown = 8;

    [Parameter]
    public string Key { get; set; } = "";

    [SupplyParameterFromQuery(Name = "back")]
    public string? Back { get; set; }

    [SupplyParameterFromQuery(Name = "zone")]
    public string? Zone { get; set; }

    private string Short => Key[..Math.Min(KeyShown, Key.Length)];

    private string List => DevicesState.Parse(State.App, State.Range, null, null, null, null, null).ToAddress();

    private IEnumerable<ChoiceOption> Backs =>
        TimeRange.All.Select(range => new ChoiceOption(range.Code, (State with { Back = range }).ToAddress(), range == State.Back, $"The {range.Words}"));

    protected override DeviceState ReadState() => DeviceState.Parse(AppName, RangeCode, Key, Back, Zone);

    /// <summary>What the address says beside the zone, for the form that sets it.</summary>
    private IEnumerable<(string Name, string Value)> Kept() =>
        new[] { ("range", State.Range), ("app", State.App), ("back", Back) }.Where(said => !string.IsNullOrEmpty(said.Item2)).Select(said => (said.Item1, said.Item2!));

    private static string StoryNote(DeviceView view) => view.IsCut
        ? $"newest first; the {Quantity.Count(DeviceStoryReader.MaxEvents)} newest events: choose a shorter time to see all of it"
        : "newest first";

    private IEnumerable<(string Name, string Value, string? Title)> Facts(DeviceFacts device, DateTimeOffset now)
    {
        yield return ("Key", device.Key, "The device's id as this installation knows it: a hash");
        yield return ("Model", device.DeviceModel.Length > 0 ? device.DeviceModel : "unknown", null);
        yield return ("App version", SegmentWords.Value(device.AppVersion), null);
        yield return ("OS", $"{SegmentWords.Value(device.Os)} {device.OsVersion}".TrimEnd(), null);
        yield return ("Network", SegmentWords.Value(device.Network), "At its last report");
        yield return ("Waiting", Quantity.Of(device.QueueDepth, "item", "items"), "At its last report");
        if (device.OldestPendingAt is { } oldest && device.QueueDepth > 0)
            yield return ("Oldest write", Moment(oldest, now), ViewerClock.InUtc(oldest));
        yield return ("Last success", device.LastSuccessAt is { } success ? Moment(success, now) : "never", device.LastSuccessAt is { } at ? ViewerClock.InUtc(at) : null);
        yield return ("Last seen", Moment(device.LastSeenAt, now), ViewerClock.InUtc(device.LastSeenAt));
        yield return ("First seen", Moment(device.FirstSeenAt, now), ViewerClock.InUtc(device.FirstSeenAt));
        yield return ("Usual pause", device.LongestPause is { } pause ? $"up to {Quantity.Age(pause.TotalSeconds)}" : "not known yet", "The longest time between two of its reports in the two weeks before the last one");
        yield return ("Clock", device.ClockOffset == TimeSpan.Zero ? "right" : DeviceNote.ClockWords(device.ClockOffset), null);
        if (device.MissingEvents is { } missing)
            yield return ("Reports missing", Quantity.Count(missing), "Numbers of its sequence that no event carries");
        foreach (var (name, value) in device.Tags)
            yield return (name, value, "Tag");
    }

    private string Moment(DateTimeOffset at, DateTimeOffset now) => $"{Presence.Clock.Moment(at, now)}, {Quantity.Age((now - at).TotalSeconds)} ago";
}
