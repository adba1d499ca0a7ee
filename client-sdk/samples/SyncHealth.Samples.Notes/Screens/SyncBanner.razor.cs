using Microsoft.AspNetCore.Components;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>Says quietly that a sync failed, or that there is no network. The notes stay where they are, and in use.</summary>
public sealed partial class SyncBanner
{
    [Parameter, EditorRequired]
    public PhoneView View { get; set; } = null!;

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
