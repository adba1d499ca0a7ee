using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Pages;

/// <summary>Which devices fall behind, and where is the one that support asks about?</summary>
public sealed partial class DeviceList(PageFeed<DevicesState, DevicesView> feed, ViewerPresence presence) : LivePage<DevicesState, DevicesView>(feed, presence)
{
    private static readonly (DeviceSort Sort, string Name, string Title)[] Columns =
    [
        (DeviceSort.Queue, "Waiting", "Unsynced items at the last report"),
        (DeviceSort.Oldest, "Oldest write", "Age of the oldest unsynced write"),
        (DeviceSort.Success, "Last success", "Time since the last successful sync"),
        (DeviceSort.Seen, "Last seen", "Time since the last report"),
        (DeviceSort.Pause, "Usual pause", "Its own longest time between two reports in the two weeks before; sorted by how many of them it has been silent for"),
    ];

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string[]? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private IEnumerable<ChoiceOption> Shows =>
    [
        Option(DeviceShow.All, "All", "Every device seen in the last 7 days"),
        Option(DeviceShow.Waiting, "Work waiting", "With unsynced items"),
        Option(DeviceShow.Stale, "No success for a day", "Seen in the last 7 days, but no sync has succeeded for a day"),
        Option(DeviceShow.Late, "Late", "Silent for longer than they are used to, and up to twice as long"),
        Option(DeviceShow.Silent, "Silent", "Silent for more than twice as long as they are used to, and not gone"),
        Option(DeviceShow.Gone, "Gone", "Silent for four times as long as they are used to, and for 7 days: uninstalled, most likely"),
    ];

    private static string TitleOf(DeviceShow show) => show switch
    {
        DeviceShow.Waiting => "Devices with unsynced work",
        DeviceShow.Stale => "Devices without a success for a day",
        DeviceShow.Late => "Devices that are late",
        DeviceShow.Silent => "Devices that went silent",
        DeviceShow.Gone => "Devices that are gone",
        _ => "Devices",
    };

    private static string WhenEmpty(DeviceShow show) => show switch
    {
        DeviceShow.Waiting => "No device has unsynced work: everything written on a device that was seen in the last 7 days is synced.",
        DeviceShow.Stale => "Every device that was seen in the last 7 days has synced within a day.",
        DeviceShow.Late => "No device is late: each was heard of within what it is used to, or has been silent for longer.",
        DeviceShow.Silent => "No device has been silent for more than twice as long as it is used to.",
        DeviceShow.Gone => "No device is gone.",
        _ => "No device was seen in the last 7 days. Events without a deviceId count in rates and never here.",
    };

    protected override DevicesState ReadState() => DevicesState.Parse(AppName, RangeCode, Show, Sort, Order, Filter, PageNumber);

    private static string Note(DevicesView view) => view.Asked.Show is DeviceShow.Late or DeviceShow.Silent or DeviceShow.Gone
        ? $"{Quantity.Of(view.Total, "device", "devices")}, each against its own habit"
        : $"{Quantity.Of(view.Total, "device", "devices")}, of those seen in the last 7 days";

    /// <summary>A dimension as people call it: the name of a tag without its prefix.</summary>
    private static string Label(string dimension) => dimension switch
    {
        "device_model" => "Model",
        "os_version" => "OS version",
        "environment" => "Environment",
        _ when dimension.StartsWith("tag:", StringComparison.Ordinal) => dimension["tag:".Length..],
        _ => Dimension.Find(dimension)?.Label ?? dimension,
    };

    private static string Shown(DevicesView view)
    {
        var first = ((view.Asked.Page - 1) * (long)DevicesState.PageSize) + 1;
        return $"{Quantity.Count(first)} to {Quantity.Count(first + view.Lines.Count - 1)} of {Quantity.Count(view.Total)}";
    }

    /// <summary>Larger first is descending: the worst of a column is its largest.</summary>
    private string SortOf(DeviceSort sort) => Reading.Answer?.Asked is { } asked && asked.Sort == sort ? asked.Reverse ? "ascending" : "descending" : "none";

    private string AddressOf(DeviceLine line) => DeviceState.Parse(State.App, State.Range, line.Key, null, null).ToAddress();

    private ChoiceOption Option(DeviceShow show, string text, string title) => new(text, State.Showing(show).ToAddress(), show == State.Show, title);
}
