using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Pages;

/// <summary>Is sync well? If not: what, where and since when.</summary>
public sealed partial class Overview(OverviewFeed feed, ViewerPresence presence, DashboardOptions options, NavigationManager navigation)
    : LivePage<OverviewState, OverviewView>(feed, presence)
{
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string[]? Filter { get; set; }

    /// <summary>A past moment: the page shows what was known then.</summary>
    [SupplyParameterFromQuery(Name = "asOf")]
    public string? AsOf { get; set; }

    /// <summary>In a row of browser tabs the one that is in trouble stands out.</summary>
    private string Title
    {
        get
        {
            if (Reading.Answer is not { Headline: { } headline, Answers.App: { } app } view)
                return "SyncHealth";
            var mark = headline.Band switch { Band.Poor => "✕ ", Band.NeedsAttention => "⚠ ", _ => "" };
            return $"{mark}{view.Tiles[0].Value ?? "no data"} · {app.Name} · SyncHealth";
        }
    }

    protected override OverviewState ReadState() => OverviewState.Parse(AppName, RangeCode, By, Filter, options.DefaultRange, AsOf);

    private ExploreState Look(Metric metric) => ExploreState.Of(State, metric);

    private string Explored(Metric metric) => Look(metric).ToAddress();

    /// <summary>The metric that a chart of this page draws.</summary>
    private static Metric MetricOf(string chart) => chart switch
    {
        "duration" => Metric.Of(VitalSign.Duration),
        "histogram" => Metric.Find("duration_p90")!,
        "conflicts" => Metric.Of(VitalSign.ConflictRate),
        "queue" => Metric.Of(VitalSign.QueueDepth),
        "staleness" => Metric.Of(VitalSign.Staleness),
        _ => Metric.SuccessRate,
    };

    private void Go(OverviewState state) => navigation.NavigateTo(state.ToAddress());
}
