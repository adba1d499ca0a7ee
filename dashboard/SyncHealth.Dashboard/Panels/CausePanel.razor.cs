using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The segments and errors that explain a drop, each beyond doubt; or where its failures are, or that no single one does.</summary>
public sealed partial class CausePanel
{
    [Parameter, EditorRequired]
    public CauseAnswer Answer { get; set; } = null!;

    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    /// <summary>What the headline names where nothing is proven, or within what is: the two say one thing.</summary>
    [Parameter]
    public Suspect? Concentration { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private Explanation Explanation => Answer.Explanation;

    private static int Least => CauseLimits.MinimumDevices;

    private string WhenNone => Answer.HasSample
        ? $"No single dimension explains this beyond doubt: the drop is spread over the fleet, lies in fewer than {CauseLimits.MinimumDevices} devices, or is chance."
        : $"Too few devices to name a cause: {Quantity.Devices(Math.Min(Answer.Before.Devices, Answer.Now.Devices))}, where {2 * CauseLimits.MinimumDevices} are the least.";

    private string Explored(IReadOnlyList<DimensionFilter> segment) => (Whole with { Filters = State.Filters.Narrow(segment) }).ToAddress();

    /// <summary>Failures of the error's kind: the success rate among them would always be 0.</summary>
    private string Explored(ErrorCause error) => (Whole with { Metric = Metric.Failures, Filters = State.Filters.Narrow([new(Dimension.ErrorKind.Name, ErrorName.Read(error.Code.Code).Kind)]) }).ToAddress();

    private ExploreState Whole => ExploreState.Of(State, Metric.SuccessRate) with { By = null };

    private static string Points(double part) => Quantity.Number(100 * part, 1);
}
