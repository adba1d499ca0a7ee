using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Each attempt to deliver a notification: when, how long it took, what the receiver said, and what it was told.</summary>
public sealed partial class AttemptList
{
    [Parameter, EditorRequired]
    public LoggedDelivery Delivery { get; set; } = null!;

    [Parameter, EditorRequired]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;
}
