using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A heatmap as one SVG, drawn by the server: rows are series, columns are times. Arrow keys walk over its cells (<c>heat.js</c>); its table holds the numbers.</summary>
public sealed partial class HeatMap
{
    /// <summary>More shades cannot be told apart.</summary>
    private const int Levels = 6;

    private double _most;

    [Parameter, EditorRequired]
    public ChartSpec Spec { get; set; } = null!;

    /// <summary>For those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    protected override void OnParametersSet() => _most = Spec.Series.SelectMany(series => series.Values).Max() ?? 0;

    /// <summary>Logarithmic, because most cells hold little beside the fullest; 0 for nothing, so that one attempt is still seen.</summary>
    private int Level(int column, int row) => Spec.Series[row].Values[column] is > 0 and { } value
        ? 1 + (int)Math.Min(Levels - 1, Math.Floor(Levels * Math.Log(value) / Math.Max(1, Math.Log(_most + 1))))
        : 0;

    private string Cell(int column, int row) =>
        $"{Clock.WithUtc(At(column))} · {Spec.Series[row].Name}: {ChartTable.Format(Spec.Unit, Spec.Series[row].Values[column] ?? 0)}";

    private DateTimeOffset At(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Spec.Times[column]);

    /// <summary>First, middle and last time.</summary>
    private IEnumerable<DateTimeOffset> Ends() => ((int[])[0, Spec.Times.Count / 2, Spec.Times.Count - 1]).Distinct().Select(At);
}
