using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Devices;

/// <summary>The list of devices, ready to be drawn.</summary>
/// <param name="Asked">What was asked: while an answer is on its way, the page's address is ahead of it.</param>
/// <param name="Total">Devices of all pages.</param>
public sealed record DevicesView(PageFrame Frame, DevicesState Asked, long Total, IReadOnlyList<DeviceLine> Lines) : IPageView
{
    /// <summary>Who is still there.</summary>
    public PresenceTable Presence { get; init; } = new([], [], 0);

    /// <summary>How well the promise of freshness is kept.</summary>
    public IReadOnlyList<Figure> Freshness { get; init; } = [];

    /// <summary>How devices come back after they could not sync.</summary>
    public IReadOnlyList<Figure> Drain { get; init; } = [];

    /// <summary>What detectors say.</summary>
    public IReadOnlyList<DetectorLine> Detectors { get; init; } = [];
}
