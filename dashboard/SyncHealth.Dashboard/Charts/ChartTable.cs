using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Charts;

/// <summary>The twin of a chart: the same numbers as rows of words.</summary>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<ChartRow> Rows)
{
    private const string Nothing = "–";

    /// <summary>Newest row first for a chart over time.</summary>
    public static ChartTable Of(ChartSpec spec)
    {
        var overTime = spec.Times.Count > 0;
        var rows = Enumerable.Range(0, overTime ? spec.Times.Count : spec.Categories.Count).Select(index => new ChartRow(
            overTime ? null : spec.Categories[index],
            overTime ? DateTimeOffset.FromUnixTimeMilliseconds(spec.Times[index]) : null,
            index >= spec.IncompleteFrom,
            [.. spec.Series.Select(series => Cell(spec.Unit, series.Values[index]))]));
        return new ChartTable([overTime ? "Time" : "Range", .. spec.Series.Select(series => series.Name)], [.. overTime ? rows.Reverse() : rows]);
    }

    public static string Format(ChartUnit unit, double value) => unit switch
    {
        ChartUnit.Percent => Quantity.Percent(value),
        ChartUnit.Milliseconds => Quantity.Milliseconds(value),
        ChartUnit.Per100 => Quantity.Number(value, 2),
        ChartUnit.Seconds => Quantity.Age(value),
        ChartUnit.Items => Quantity.Number(value, value < 10 ? 1 : 0),
        _ => Quantity.Count(value),
    };

    private static string Cell(ChartUnit unit, double? value) => value is { } number ? Format(unit, number) : Nothing;
}
