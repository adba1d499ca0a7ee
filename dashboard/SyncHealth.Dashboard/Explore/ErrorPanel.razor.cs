using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Explore;

/// <summary>What went wrong, ranked by what it contributes to the fall of the success rate.</summary>
public sealed partial class ErrorPanel
{
    [Parameter, EditorRequired]
    public ErrorRanking Ranking { get; set; } = null!;

    [Parameter, EditorRequired]
    public ExploreState State { get; set; } = null!;

    private string Sentence => (Ranking.Rate, Ranking.RateBefore) switch
    {
        (null, _) => "",
        ({ } now, null) => $"{Quantity.Percent(now)} of attempts fail; nothing to compare with",
        ({ } now, { } before) when Ranking.Dropped => $"failures rose from {Quantity.Percent(before)} to {Quantity.Percent(now)} of attempts; ranked by what each adds to that",
        ({ } now, { } before) => $"{Quantity.Percent(now)} of attempts fail, {Quantity.Percent(before)} in {State.Against.Label}; ranked by frequency",
    };

    /// <summary>Failures by the error's kind, over what it is concentrated in. The success rate of one kind of failure would always be 0.</summary>
    private string Address(ErrorRow row)
    {
        var filters = State.Filters.Narrow([row.Filter]);
        return (State with { Metric = Metric.Failures, By = State.By == Dimension.ErrorKind ? null : State.By }).AddressWith(filters);
    }

    private static double Shown(ErrorRow row) => Math.Max(0, row.OfDrop ?? row.OfFailures);

    private static string Width(ErrorRow row) => string.Create(CultureInfo.InvariantCulture, $"width: {100 * Math.Min(1, Shown(row)):0.##}%");

    private string ToCsv() => Csv.Of(
    [
        ["error", "failures", "percent of attempts", "percent before", "share of failures", "share of the drop"],
        .. Ranking.Rows.Select(row => (IReadOnlyList<string>)
            [row.Name, Csv.Number(row.Failures), Csv.Number(row.Rate), Csv.Number(row.RateBefore), Csv.Number(row.OfFailures), Csv.Number(row.OfDrop)]),
    ]);
}
