using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A time, or a stretch of it, in the viewer's zone, with UTC on hover. Every time on a page goes through here; a test looks for those that do not.</summary>
public sealed partial class Moment
{
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    /// <summary>The end of a stretch; null for a point.</summary>
    [Parameter]
    public DateTimeOffset? To { get; set; }

    /// <summary>The present: what is of the same day needs no day. Null always says it.</summary>
    [Parameter]
    public DateTimeOffset? Now { get; set; }

    /// <summary>Whether seconds matter.</summary>
    [Parameter]
    public bool Precise { get; set; }

    [Parameter, EditorRequired]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private string Shown => To is { } to && Say(to) is var end && end != Say(At) ? $"{Say(At)} – {end}" : Say(At);

    private string Utc => To is { } to && to != At ? $"{ViewerClock.InUtc(At)} to {ViewerClock.InUtc(to)}" : ViewerClock.InUtc(At);

    private string Say(DateTimeOffset at) => Precise ? Clock.Precise(at) : Now is { } now ? Clock.Moment(at, now) : Clock.Full(at);
}
