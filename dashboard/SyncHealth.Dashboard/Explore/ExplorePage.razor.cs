using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Every vital sign over any range, by any dimension: from "something is red" to its cause.</summary>
public sealed partial class ExplorePage(ExploreFeed feed, ViewerPresence presence, DashboardOptions options, NavigationManager navigation) : IDisposable
{
    private Reading<ExploreView> _reading = Reading<ExploreView>.None;
    private IDisposable? _subscription;
    private ExploreState? _subscribed;
    private bool _disposed;
    private bool _pending;

    [SupplyParameterFromQuery(Name = "app")]
    public string? App { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    public string? MetricCode { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

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

    private ExploreState State { get; set; } = null!;

    /// <summary>Failures by kind are drilled into as failures: a success rate among failures is always 0.</summary>
    private ExploreState ByError => State with { Metric = Metric.Failures };

    /// <summary>The overview of the same app: what the bar on top speaks of.</summary>
    private OverviewState Overview => new(State.App, TimeRange.Find(State.Range.Code) ?? options.DefaultRange, null, FilterSet.Empty);

    private OverviewView? Top => _reading.Answer is { Answers: var answers }
        ? new OverviewView { Answers = new OverviewAnswers { Now = answers.Now, Apps = answers.Apps, App = answers.App } }
        : null;

    private string Title => _reading.Answer is { Value: not null, Answers.App: { } app } view
        ? $"{ExploreWords.Format(State.Metric, view.Value)} {State.Metric.Label.ToLowerInvariant()} · {app.Name} · SyncHealth"
        : "Explore · SyncHealth";

    public void Dispose()
    {
        _disposed = true;
        presence.Changed -= OnPresenceChanged;
        _subscription?.Dispose();
    }

    protected override void OnInitialized() => presence.Changed += OnPresenceChanged;

    protected override void OnParametersSet()
    {
        State = ExploreState.Parse(
            new ExploreParameters
            {
                App = App, Metric = MetricCode, Range = Range, From = From, To = To, Step = Step, Whole = Whole, By = By, Filters = Filter ?? [], AsOf = AsOf, Clock = ClockName, Against = Against, Other = Other ?? [],
            },
            options.DefaultRange);
        var known = feed.Peek(State);
        // The old numbers stay, dimmed, until the new ones come: a skeleton would take the page away under the reader.
        _pending = known == Reading<ExploreView>.None && _reading.Answer is not null;
        if (!_pending)
            _reading = known;
        Follow();
    }

    /// <summary>A page that is only prerendered, or that nobody can see, asks nothing.</summary>
    private void Follow()
    {
        var wanted = RendererInfo.IsInteractive && presence.IsWatching && !_disposed ? State : null;
        if (wanted == _subscribed)
            return;
        _subscription?.Dispose();
        _subscribed = wanted;
        _subscription = wanted is null ? null : feed.Subscribe(wanted, reading => InvokeAsync(() => Show(wanted, reading)));
    }

    private void Show(ExploreState asked, Reading<ExploreView> reading)
    {
        if (_disposed || asked != State)
            return;
        _reading = reading;
        _pending = false;
        StateHasChanged();
    }

    private void OnPresenceChanged() => InvokeAsync(() =>
    {
        Follow();
        StateHasChanged();
    });

    private void Retry() => feed.Retry(State);

    /// <summary>Another app has other versions and other tags: only what is true of every app stays.</summary>
    private void SwitchApp(OverviewState overview) =>
        navigation.NavigateTo((State with { App = overview.App, By = null, Filters = FilterSet.Empty, Against = Comparison.None }).ToAddress());
}
