using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What failed, of when the numbers are that a page still shows, and a way to try again.</summary>
public sealed partial class FailurePanel
{
    /// <summary>For people.</summary>
    [Parameter, EditorRequired]
    public string Failure { get; set; } = "";

    /// <summary>Null when nothing was known before.</summary>
    [Parameter]
    public DateTimeOffset? KnownAt { get; set; }

    [Parameter, EditorRequired]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
