using System.Globalization;
using System.Text;

namespace SyncHealth.Dashboard.Charts;

/// <summary>A small line without axes, drawn by the server as one SVG path.</summary>
public static class Sparkline
{
    public const int Width = 120;
    public const int Height = 32;
    private const double Margin = 2;

    /// <summary>The path, with gaps where nothing was measured; empty with fewer than two values.</summary>
    public static string Path(IReadOnlyList<double?> values)
    {
        if (values.Count(value => value is not null) < 2)
            return "";

        var (low, high) = (values.Min()!.Value, values.Max()!.Value);
        var path = new StringBuilder();
        var pen = 'M';
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                pen = 'M';
                continue;
            }

            var x = Width * (double)i / (values.Count - 1);
            // An even series runs through the middle instead of along an edge.
            var y = high == low ? Height / 2.0 : Margin + ((Height - (2 * Margin)) * (high - value) / (high - low));
            path.Append(CultureInfo.InvariantCulture, $"{pen}{x:0.#} {y:0.#}");
            pen = 'L';
        }

        return path.ToString();
    }
}
