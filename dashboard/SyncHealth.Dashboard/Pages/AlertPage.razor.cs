using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Pages;

/// <summary>What is wrong, how did it come about, and does anybody know?</summary>
public sealed partial class AlertPage(PageFeed<PageState, AlertsView> feed, ViewerPresence presence, DashboardOptions options)
    : LivePage<PageState, AlertsView>(feed, presence)
{
    private const string Path = "/alerts";

    /// <summary>Only where the shell shows answers.</summary>
    private AlertsView View => Reading.Answer!;

    /// <summary>In a row of browser tabs the one that fires stands out.</summary>
    private string PageName
    {
        get
        {
            var firing = Reading.Answer?.Active.Count(active => active.Alert.State == "firing") ?? 0;
            return $"{(firing > 0 ? $"✕ {firing} firing" : "Alerts")} · {Reading.Answer?.Frame.App?.Name ?? "SyncHealth"}";
        }
    }

    private string ActiveNote => View.Active.Count == 0 ? "pending, firing or recovering" : $"{Quantity.Of(View.Active.Count, "alert", "alerts")}, most severe first";

    private string PastNote => View.Past.Count == AlertsReader.MaxLines
        ? $"the {Quantity.Count(AlertsReader.MaxLines)} newest changes in the {View.Asked.Range.Words}"
        : $"changes in the {View.Asked.Range.Words}, newest first";

    protected override PageState ReadState() => PageState.Parse(Path, AppName, RangeCode, TimeRange.Day);
}
