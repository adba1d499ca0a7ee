using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The alerts that stood open at a past moment, each by the change that put it into the state in which it stood.</summary>
public sealed partial class PastAlerts
{
    [Parameter, EditorRequired]
    public IReadOnlyList<AlertTransitionSummary> Alerts { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;
}
