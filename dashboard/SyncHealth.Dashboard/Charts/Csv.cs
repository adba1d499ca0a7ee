using System.Globalization;
using System.Text;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Numbers for other programs: RFC 4180, times in UTC, no rounding, no units.</summary>
public static class Csv
{
    /// <summary>A spreadsheet takes what begins with one of these for a formula; an apostrophe makes it text.</summary>
    private static readonly char[] FormulaStarts = ['=', '+', '-', '@', '\t', '\r'];

    private static readonly char[] Quoted = ['"', ',', '\n', '\r'];

    /// <summary>A row for each time or category, oldest first; a chart over time also says which rows still fill.</summary>
    public static string Of(ChartSpec spec)
    {
        var overTime = spec.Times.Count > 0;
        var labels = overTime ? [.. spec.Times.Select(Utc)] : spec.Categories;
        List<IReadOnlyList<string>> rows = [[overTime ? "time" : "range", .. spec.Series.Select(series => series.Name), .. overTime ? ["still arriving"] : (string[])[]]];
        rows.AddRange(labels.Select((label, index) => (IReadOnlyList<string>)
            [label, .. spec.Series.Select(series => Number(series.Values[index])), .. overTime ? [index >= spec.IncompleteFrom ? "true" : "false"] : (string[])[]]));
        return Of(rows);
    }

    /// <summary>Rows of cells, the first of them the head.</summary>
    public static string Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Utc(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0]) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
        return safe.IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
