using System.Text;

namespace SyncHealth.Host.Terminal;

/// <summary>A table for a terminal: the first columns left-aligned, numbers right-aligned.</summary>
internal sealed class TextTable(IReadOnlyList<string> headers, int leftAligned)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public int Rows => _rows.Count;

    public void Add(IReadOnlyList<string> cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(text, headers, widths);
        Append(text, [.. widths.Select(width => new string('─', width))], widths);
        foreach (var row in _rows)
            Append(text, row, widths);
        return text.ToString();
    }

    private void Append(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        var line = cells.Select((cell, column) => column < leftAligned ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        text.AppendLine(string.Join("  ", line).TrimEnd());
    }
}
