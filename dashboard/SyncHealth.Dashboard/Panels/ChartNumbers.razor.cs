using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The numbers of a chart as a table.</summary>
public sealed partial class ChartNumbers
{
    private ChartTable _table = new([], []);

    [Parameter, EditorRequired]
    public ChartSpec Spec { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    protected override void OnParametersSet() => _table = ChartTable.Of(Spec);
}
