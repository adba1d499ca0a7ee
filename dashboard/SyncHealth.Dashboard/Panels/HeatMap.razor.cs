using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A heatmap as one SVG, drawn by the server: rows are series, columns are times. Arrow keys walk over its cells (<c>heat.js</c>); its table holds the numbers.</summary>
public sealed partial class HeatMap
{
    /// <summary>More shades cannot be told apart.</summary>
    private const int Levels = 6;

    private (ChartSpec? Spec, string Description, ViewerClock Clock) _shown;
    private (ChartSpec? Spec, string Description, ViewerClock Clock) _rendered;
    private string[] _whens = [];
    private double _most;

    [Parameter, EditorRequired]
    public ChartSpec Spec { get; set; } = null!;

    /// <summary>For those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private ChartSpec Shown => _shown.Spec!;

    /// <summary>Thousands of cells are the greater part of an update: the rest of the page goes first, and what did not change is not gone through.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown.Spec is not null && _shown.Spec != Spec)
            await Task.Yield();
        _shown = (Spec, Description, Clock);
        _whens = [.. Shown.Times.Select((_, column) => Clock.WithUtc(At(column)))];
        _most = Shown.Series.SelectMany(series => series.Values).Max() ?? 0;
    }

    protected override bool ShouldRender()
    {
        if (_rendered == _shown)
            return false;
        _rendered = _shown;
        return true;
    }

    /// <summary>Logarithmic, because most cells hold little beside the fullest; 0 for nothing, so that one attempt is still seen.</summary>
    private int Level(int column, int row) => Shown.Series[row].Values[column] is > 0 and { } value
        ? 1 + (int)Math.Min(Levels - 1, Math.Floor(Levels * Math.Log(value) / Math.Max(1, Math.Log(_most + 1))))
        : 0;

    private string Cell(int column, int row) =>
        $"{_whens[column]} · {Shown.Series[row].Name}: {ChartTable.Format(Shown.Unit, Shown.Series[row].Values[column] ?? 0)}";

    private DateTimeOffset At(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Shown.Times[column]);

    /// <summary>First, middle and last time.</summary>
    private IEnumerable<DateTimeOffset> Ends() => ((int[])[0, Shown.Times.Count / 2, Shown.Times.Count - 1]).Distinct().Select(At);
}
