using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Layout;

/// <summary>The head of the overview.</summary>
public sealed partial class TopBar
{
    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    [Parameter]
    public OverviewView? View { get; set; }

    /// <summary>Whether the last read failed.</summary>
    [Parameter]
    public bool Failed { get; set; }

    /// <summary>Whether the shown numbers are still those of the question before.</summary>
    [Parameter]
    public bool Pending { get; set; }

    private bool Waiting => Pending || View is null;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    [Parameter]
    public EventCallback<OverviewState> OnState { get; set; }
}
