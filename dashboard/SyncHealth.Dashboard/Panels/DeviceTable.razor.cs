using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The devices with the most unsynced work.</summary>
public sealed partial class DeviceTable
{
    /// <summary>Characters of a device key that people can compare at a glance; the tooltip has all.</summary>
    private const int KeyShown = 8;

    [Parameter, EditorRequired]
    public IReadOnlyList<DeviceSummary> Devices { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>The page that shows it: its devices' pages are of the same app and lead back to the same range.</summary>
    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    /// <summary>A device with nothing to upload is not behind, however few there are.</summary>
    private IEnumerable<DeviceSummary> Behind => Devices.Where(device => device.QueueDepth > 0);

    private string AddressOf(DeviceSummary device) => DeviceState.Parse(State.App, State.Range.Code, device.Key, null, null).ToAddress();

    private string Ago(DateTimeOffset? at, string never) => at is { } moment ? Quantity.Age((Now - moment).TotalSeconds) : never;
}
