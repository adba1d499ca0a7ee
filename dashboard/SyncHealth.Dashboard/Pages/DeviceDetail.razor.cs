using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Pages;

/// <summary>What happened on this device, and is the work on it safe?</summary>
public sealed partial class DeviceDetail(PageFeed<DeviceState, DeviceView> feed, ViewerPresence presence, IEnumerable<IDeviceHome> homes)
    : LivePage<DeviceState, DeviceView>(feed, presence)
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

    /// <summary>Where this device is used, if that is here; null for all others.</summary>
    private string? Home => Reading.Answer?.Frame.App?.Name is { } app ? homes.Select(home => home.AddressOf(app, Key)).FirstOrDefault(address => address is not null) : null;

    private IEnumerable<ChoiceOption> Backs =>
        TimeRange.All.Select(range => new ChoiceOption(range.Code, (State with { Back = range }).ToAddress(), range == State.Back, $"The {range.Words}"));

    /// <summary>Where the letter is read.</summary>
    private TimeZoneInfo CustomerZone => TimeZones.Find(State.Zone) ?? TimeZoneInfo.Utc;

    protected override DeviceState ReadState() => DeviceState.Parse(AppName, RangeCode, Key, Back, Zone);

    /// <summary>What the address says beside the zone, for the form that sets it.</summary>
    private IEnumerable<(string Name, string Value)> Kept() =>
        new[] { ("range", State.Range), ("app", State.App), ("back", Back) }.Where(said => !string.IsNullOrEmpty(said.Item2)).Select(said => (said.Item1, said.Item2!));

    private static string StoryNote(DeviceView view) => view.IsCut
        ? $"newest first; the {Quantity.Count(DeviceStoryReader.MaxEvents)} newest events: choose a shorter time to see all of it"
        : "newest first";
}
