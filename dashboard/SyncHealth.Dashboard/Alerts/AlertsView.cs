using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What is wrong, how it came about and who was told; ready to be drawn.</summary>
/// <param name="Asked">What was asked: while an answer is on its way, the page's address is ahead of it.</param>
/// <param name="Active">Most severe first.</param>
/// <param name="Past">Newest first.</param>
/// <param name="Deliveries">Newest first.</param>
/// <param name="Unreached">Rules whose alerts reach nobody.</param>
/// <param name="RuleCount">Rules that are evaluated.</param>
public sealed record AlertsView(
    PageFrame Frame, PageState Asked, IReadOnlyList<ActiveAlert> Active, IReadOnlyList<TransitionLine> Past, IReadOnlyList<DeliveryLine> Deliveries,
    IReadOnlyList<string> Unreached, int RuleCount) : IPageView
{
    /// <summary>For how long no rule has been evaluated, when that is longer than it should be; else null.</summary>
    public TimeSpan? UnwatchedFor { get; init; }

    /// <summary>Silences that hold or will hold, the next to end first.</summary>
    public IReadOnlyList<StoredSilence> Silences { get; init; } = [];

    /// <summary>Where alerts go, by name.</summary>
    public IReadOnlyList<ReceiverLine> Configured { get; init; } = [];

    /// <summary>The rules as one file would hold them.</summary>
    public string RulesText { get; init; } = "";

    /// <summary>How telling each receiver went, by name.</summary>
    public IReadOnlyList<ReceiverTally> Receivers { get; } =
    [
        .. from line in Deliveries
           group line.Delivery.Status by line.Delivery.Receiver into told
           orderby told.Key
           select new ReceiverTally(told.Key, told.Count(status => status == "delivered"), told.Count(status => status == "waiting"), told.Count(status => status is "refused" or "expired")),
    ];
}
