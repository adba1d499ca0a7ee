using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Alerts that are pending, firing or recovering, and whether they would reach anybody.</summary>
public sealed partial class AlertStrip
{
    [Parameter, EditorRequired]
    public IReadOnlyList<AlertSummary> Alerts { get; set; } = [];

    [Parameter]
    public IReadOnlyList<string> Unreached { get; set; } = [];

    /// <summary>For how long no rule has been evaluated; null while all is well.</summary>
    [Parameter]
    public TimeSpan? UnwatchedFor { get; set; }

    [Parameter]
    public string? ReceiversPath { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;
}
