using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Work at risk: pending items on devices that are silent, or that report and are stuck.</summary>
public sealed partial class RiskLine
{
    [Parameter, EditorRequired]
    public WorkAtRisk Work { get; set; } = new();

    /// <summary>How long a write waits before it is at risk: the target of the app's staleness.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Waiting { get; set; }

    /// <summary>Where it is looked into.</summary>
    [Parameter, EditorRequired]
    public string Explore { get; set; } = "";

    private IEnumerable<string> Parts
    {
        get
        {
            if (Work.SilentDevices > 0)
                yield return $"{Quantity.Of(Work.SilentDevices, "device is", "devices are")} silent since then ({Quantity.Of(Work.SilentItems, "item", "items")})";
            if (Work.StuckDevices > 0)
                yield return $"{Quantity.Of(Work.StuckDevices, "device reports", "devices report")} and {(Work.StuckDevices == 1 ? "is" : "are")} stuck ({Quantity.Of(Work.StuckItems, "item", "items")})";
        }
    }
}
