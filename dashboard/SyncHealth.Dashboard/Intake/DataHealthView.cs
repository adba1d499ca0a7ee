using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Intake;

namespace SyncHealth.Dashboard.Intake;

/// <summary>What may be wrong with the picture itself, ready to be drawn.</summary>
/// <param name="Asked">What was asked: while an answer is on its way, the page's address is ahead of it.</param>
/// <param name="Answer">Whether the other pages can be trusted; null without an app.</param>
/// <param name="Arrivals">Attempts by the time they arrived, and how late; null without an app.</param>
/// <param name="Losses">Events that never counted, most first.</param>
/// <param name="Tally">What became of the events that were sent; null without an app.</param>
public sealed record DataHealthView(
    PageFrame Frame, PageState Asked, TrustAnswer? Answer, IReadOnlyList<Figure> Figures, ChartModel? Arrivals, IReadOnlyList<LossLine> Losses, IntakeTally? Tally) : IPageView;
