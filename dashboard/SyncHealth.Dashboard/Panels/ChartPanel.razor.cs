using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Explore;
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
    public IFilteredState State { get; set; } = null!;

    /// <summary>Where it is looked into; null where it leads nowhere.</summary>
    [Parameter]
    public ExploreState? Explore { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private string Toggled(DimensionFilter filter) => State.AddressWith(State.Filters.Toggle(filter));

    private static DateTimeOffset At(ChartMarker marker) => DateTimeOffset.FromUnixTimeMilliseconds(marker.At);

    /// <summary>Where a stretch of this chart is looked at: on Explore, whatever page it is on.</summary>
    private ExploreState? Zoomable => Explore ?? State as ExploreState;

    private EventCallback<(DateTimeOffset From, DateTimeOffset To)> Zoomed => Zoomable is { } here && Chart.Spec.Times.Count > 1
        ? EventCallback.Factory.Create<(DateTimeOffset From, DateTimeOffset To)>(this, chosen => navigation.NavigateTo(here.Between(chosen.From, chosen.To).ToAddress()))
        : default;

    private void Unzoom()
    {
        if (Zoomable?.Unzoomed is { } whole)
            navigation.NavigateTo(whole.ToAddress());
    }

    private void Pick(ChartSeries series)
    {
        if (series.Filter is { } filter)
            navigation.NavigateTo(Toggled(filter));
    }
}
