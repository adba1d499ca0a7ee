using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The story of a device, newest first.</summary>
public sealed partial class DeviceStoryList
{
    [Parameter, EditorRequired]
    public IReadOnlyList<StoryLine> Lines { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;
}
