using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Releases;

/// <summary>The releases of an app, ready to be drawn.</summary>
/// <param name="Asked">What was asked: while an answer is on its way, the page's address is ahead of it.</param>
/// <param name="Kinds">What a release can be.</param>
/// <param name="Case">The release that the page is about; null where there is none.</param>
/// <param name="Adoption">Devices on each release over time.</param>
/// <param name="Lines">Newest first.</param>
public sealed record ReleasesView(
    PageFrame Frame, ReleasesState Asked, IReadOnlyList<ChoiceOption> Kinds, ReleaseCase? Case, ChartModel? Adoption, IReadOnlyList<ReleaseLine> Lines) : IPageView;
