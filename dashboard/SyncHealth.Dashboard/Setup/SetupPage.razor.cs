using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Who may send, and who may look?</summary>
public sealed partial class SetupPage(PageFeed<PageState, SetupView> feed, ViewerPresence presence) : LivePage<PageState, SetupView>(feed, presence)
{
    private const string Path = "/setup";

    /// <summary>Only where the shell shows answers.</summary>
    private SetupView View => Reading.Answer!;

    /// <summary>The page is of the whole installation: another app or range is the same question.</summary>
    protected override PageState ReadState() => new(Path, null, TimeRange.Day);
}
