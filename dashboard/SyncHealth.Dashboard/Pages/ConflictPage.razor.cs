using SyncHealth.Dashboard.Conflicts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Pages;

/// <summary>How do conflicts arise, how are they settled, and what do people lose by it?</summary>
public sealed partial class ConflictPage(PageFeed<PageState, ConflictsView> feed, ViewerPresence presence, DashboardOptions options)
    : LivePage<PageState, ConflictsView>(feed, presence)
{
    private const string Path = "/conflicts";

    /// <summary>Only where the shell shows answers.</summary>
    private ConflictsView View => Reading.Answer!;

    /// <summary>The charts here narrow nothing; their panel asks where it stands all the same.</summary>
    private OverviewState Overview => new(State.App, State.Range, null, FilterSet.Empty);

    protected override PageState ReadState() => PageState.Parse(Path, AppName, RangeCode, options.DefaultRange);
}
