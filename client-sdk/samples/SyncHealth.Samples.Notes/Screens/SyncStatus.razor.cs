using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>The screen for those who want to know: the data, the queue, what the last sync did, and what the next one waits for.</summary>
public sealed partial class SyncStatus
{
    [Parameter, EditorRequired]
    public PhoneView View { get; set; } = null!;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>How fast the shared clock runs.</summary>
    [Parameter]
    public double Speed { get; set; } = 1;
}
