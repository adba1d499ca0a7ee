using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Groups with bars, the worst first; each is a link that narrows the page to it.</summary>
public sealed partial class BreakdownPanel
{
    [Parameter, EditorRequired]
    public Breakdown Breakdown { get; set; } = null!;

    [Parameter, EditorRequired]
    public ExploreState State { get; set; } = null!;

    private static string Width(double fill) => string.Create(CultureInfo.InvariantCulture, $"width: {100 * fill:0.##}%");

    private string ToCsv() => Csv.Of(
    [
        [Breakdown.By.Name, State.Metric.Code, "before", "failure share", "attempts", "devices"],
        .. Breakdown.Rows.Select(row => (IReadOnlyList<string>)
            [row.Filter.Value, Csv.Number(row.Value), Csv.Number(row.Before), Csv.Number(row.FailureShare), Csv.Number(row.Attempts), Csv.Number(row.Devices)]),
    ]);
}
