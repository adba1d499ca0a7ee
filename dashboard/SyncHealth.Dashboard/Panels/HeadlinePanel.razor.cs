using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The sentence on top.</summary>
public sealed partial class HeadlinePanel
{
    [Parameter, EditorRequired]
    public Headline Headline { get; set; } = null!;

    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Explore, at the vital sign that the sentence speaks of, narrowed to the segment that it names.</summary>
    private ExploreState Explored => ExploreState.Of(State, Metric.Of(Headline.Sign)) with { By = null, Filters = State.Filters.Narrow(Headline.Suspect) };
}
