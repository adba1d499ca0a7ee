using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Conflicts;

/// <summary>How conflicts arise and are settled, ready to be drawn.</summary>
/// <param name="Asked">What was asked: while an answer is on its way, the page's address is ahead of it.</param>
/// <param name="Figures">The range in a few numbers.</param>
/// <param name="Charts">Over time, in the order of the page.</param>
/// <param name="Spots">Entity types by their conflicts, most first.</param>
/// <param name="Winners">Whose edits stayed, most first.</param>
public sealed record ConflictsView(
    PageFrame Frame, PageState Asked, IReadOnlyList<Figure> Figures, IReadOnlyList<ChartModel> Charts, IReadOnlyList<HotSpot> Spots, IReadOnlyList<Portion> Winners) : IPageView;
