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

    private static string Utc(StoryLine line) =>
        line.From == line.To ? ViewerClock.InUtc(line.From) : $"{ViewerClock.InUtc(line.From)} to {ViewerClock.InUtc(line.To)}";

    private string When(StoryLine line)
    {
        var (from, to) = (Clock.Moment(line.From, Now), Clock.Moment(line.To, Now));
        return from == to ? from : $"{from} – {to}";
    }
}
