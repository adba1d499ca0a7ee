using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Pages;

/// <summary>Is sync well? If not: what, where and since when.</summary>
public sealed partial class Overview(OverviewFeed feed, ViewerPresence presence, DashboardOptions options, NavigationManager navigation) : IDisposable
{
    private Reading<OverviewView> _reading = Reading<OverviewView>.None;
    private IDisposable? _subscription;
    private OverviewState? _subscribed;
    private bool _disposed;
    private bool _pending;

    [SupplyParameterFromQuery(Name = "app")]
    public string? App { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string[]? Filter { get; set; }

    /// <summary>A past moment: the page shows what was known then.</summary>
    [SupplyParameterFromQuery(Name = "asOf")]
    public string? AsOf { get; set; }

    private OverviewState State { get; set; } = null!;

    /// <summary>In a row of browser tabs the one that is in trouble stands out.</summary>
    private string Title
    {
        get
        {
            if (_reading.Answer is not { Headline: { } headline, Answers.App: { } app } view)
                return "SyncHealth";
            var mark = headline.Band switch { Band.Poor => "✕ ", Band.NeedsAttention => "⚠ ", _ => "" };
            return $"{mark}{view.Tiles[0].Value ?? "no data"} · {app.Name} · SyncHealth";
        }
    }

    public void Dispose()
    {
        _disposed = true;
        presence.Changed -= OnPresenceChanged;
        _subscription?.Dispose();
    }

    protected override void OnInitialized() => presence.Changed += OnPresenceChanged;

    protected override void OnParametersSet()
    {
        State = OverviewState.Parse(App, Range, By, Filter, options.DefaultRange, AsOf);
        var known = feed.Peek(State);
        // The old numbers stay, dimmed, until the new ones come: a skeleton would take the page away under the reader.
        _pending = known == Reading<OverviewView>.None && _reading.Answer is not null;
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

    private void Show(OverviewState asked, Reading<OverviewView> reading)
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
