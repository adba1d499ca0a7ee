using Microsoft.AspNetCore.Components;
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

    /// <summary>The page narrowed to the segment that the sentence names; null when it names none or the page is there already.</summary>
    private OverviewState? Narrowed
    {
        get
        {
            if (Headline.Suspect.Count == 0)
                return null;
            var narrowed = State with { Filters = State.Filters.Narrow(Headline.Suspect) };
            return narrowed == State ? null : narrowed;
        }
    }
}
