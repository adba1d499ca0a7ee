using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Pages;

/// <summary>Is a release worse than what was there before: stop, go on, or wait?</summary>
public sealed partial class ReleasePage(PageFeed<ReleasesState, ReleasesView> feed, ViewerPresence presence, DashboardOptions options)
    : LivePage<ReleasesState, ReleasesView>(feed, presence)
{
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [SupplyParameterFromQuery(Name = "release")]
    public string? Release { get; set; }

    [SupplyParameterFromQuery(Name = "baseline")]
    public string? Baseline { get; set; }

    /// <summary>Only where the shell shows answers.</summary>
    private ReleasesView View => Reading.Answer!;

    /// <summary>The chart narrows nothing; its panel asks where it stands all the same.</summary>
    private OverviewState Overview => new(State.App, State.Range, null, FilterSet.Empty);

    private IEnumerable<ChoiceOption> Ranges =>
        TimeRange.All.Select(range => new ChoiceOption(range.Code, (State with { Range = range }).ToAddress(), range == State.Range, $"The {range.Words}"));

    private string WhenEmpty => View.Asked.Kind switch
    {
        ReleaseKind.Tag => "No device has sent the promoted tag in the last 30 days. Promote one with ./synchealth apps, and set it in the SDK: a rollout flag, a cohort.",
        _ => "No device with an id has said its app version yet. Set AppVersion and DeviceId in the SDK, or appVersion and deviceId in the event.",
    };

    protected override ReleasesState ReadState() => ReleasesState.Parse(AppName, RangeCode, By, Release, Baseline, options.DefaultRange);
}
