using SyncHealth.Dashboard.Intake;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Pages;

/// <summary>What may be wrong with the picture itself?</summary>
public sealed partial class DataHealthPage(PageFeed<PageState, DataHealthView> feed, ViewerPresence presence, DashboardOptions options)
    : LivePage<PageState, DataHealthView>(feed, presence)
{
    private const string Path = "/health";

    /// <summary>Only where the shell shows answers.</summary>
    private DataHealthView View => Reading.Answer!;

    /// <summary>The chart here narrows nothing; its panel asks where it stands all the same.</summary>
    private OverviewState Overview => new(State.App, State.Range, null, FilterSet.Empty);

    protected override PageState ReadState() => PageState.Parse(Path, AppName, RangeCode, options.DefaultRange);
}
