using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A chart with its title, its legend of links and its twin, a table.</summary>
public sealed partial class ChartPanel(NavigationManager navigation)
{
    /// <summary>A closed table is not rendered: it would be the greater part of every update.</summary>
    private bool _tableOpen;

    [Parameter, EditorRequired]
    public ChartModel Chart { get; set; } = null!;

    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private OverviewState Toggled(DimensionFilter filter) => State with { Filters = State.Filters.Toggle(filter) };

    private void Pick(ChartSeries series)
    {
        if (series.Filter is { } filter)
            navigation.NavigateTo(Toggled(filter).ToAddress());
    }
}
