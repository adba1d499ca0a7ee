using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Every vital sign over any range, by any dimension: from "something is red" to its cause.</summary>
public sealed partial class ExplorePage(ExploreFeed feed, ViewerPresence presence, DashboardOptions options, NavigationManager navigation)
    : LivePage<ExploreState, ExploreView>(feed, presence)
{
    [SupplyParameterFromQuery(Name = "metric")]
    public string? MetricCode { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    [SupplyParameterFromQuery(Name = "whole")]
    public string? Whole { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string[]? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "clock")]
    public string? ClockName { get; set; }

    [SupplyParameterFromQuery(Name = "asOf")]
    public string? AsOf { get; set; }

    [SupplyParameterFromQuery(Name = "vs")]
    public string? Against { get; set; }

    [SupplyParameterFromQuery(Name = "other")]
    public string[]? Other { get; set; }

    /// <summary>Failures by kind are drilled into as failures: a success rate among failures is always 0.</summary>
    private ExploreState ByError => State with { Metric = Metric.Failures };

    /// <summary>The overview of the same app: what the bar on top speaks of.</summary>
    private OverviewState Overview => new(State.App, TimeRange.Find(State.Range.Code) ?? options.DefaultRange, null, FilterSet.Empty);

    private OverviewView? Top => Reading.Answer is { Answers: var answers }
        ? new OverviewView { Answers = new OverviewAnswers { Now = answers.Now, Apps = answers.Apps, App = answers.App } }
        : null;

    private string Title => Reading.Answer is { Value: not null, Answers.App: { } app } view
        ? $"{ExploreWords.Format(State.Metric, view.Value)} {State.Metric.Label.ToLowerInvariant()} · {app.Name} · SyncHealth"
        : "Explore · SyncHealth";

    protected override ExploreState ReadState() => ExploreState.Parse(
        new ExploreParameters
        {
            App = AppName, Metric = MetricCode, Range = RangeCode, From = From, To = To, Step = Step, Whole = Whole, By = By, Filters = Filter ?? [], AsOf = AsOf, Clock = ClockName, Against = Against, Other = Other ?? [],
        },
        options.DefaultRange);

    /// <summary>Another app has other versions and other tags: only what is true of every app stays.</summary>
    private void SwitchApp(OverviewState overview) =>
        navigation.NavigateTo((State with { App = overview.App, By = null, Filters = FilterSet.Empty, Against = Comparison.None }).ToAddress());
}
