using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Charts;

/// <summary>The twin of a chart: the same numbers as rows of words.</summary>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string Nothing = "–";

    /// <summary>Newest row first for a chart over time.</summary>
    public static ChartTable Of(ChartSpec spec, ViewerClock clock)
    {
        var overTime = spec.Times.Count > 0;
        var labels = overTime ? [.. spec.Times.Select(time => clock.Full(DateTimeOffset.FromUnixTimeMilliseconds(time)))] : spec.Categories;
        IEnumerable<IReadOnlyList<string>> rows = labels.Select((label, index) => (IReadOnlyList<string>)
            [index >= spec.IncompleteFrom ? label + " (still arriving)" : label, .. spec.Series.Select(series => Cell(spec.Unit, series.Values[index]))]);
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
