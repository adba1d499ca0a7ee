using System.Text.Json.Serialization;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Everything the browser needs to draw one chart; it is sent as JSON and redrawn only when it changed.</summary>
public sealed record ChartSpec
{
    public required ChartKind Kind { get; init; }

    public required ChartUnit Unit { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Starts of the points, epoch milliseconds; empty for a chart over categories.</summary>
    public IReadOnlyList<long> Times { get; init; } = [];

    /// <summary>Names of the bars; empty for a chart over time.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What the axis says under each bar.</summary>
    public IReadOnlyList<string> Ticks { get; init; } = [];

    /// <summary>Width of a point, milliseconds.</summary>
    public long StepMs { get; init; }

    /// <summary>Index of the first point whose events have not all arrived; null when all have.</summary>
    public int? IncompleteFrom { get; init; }

    public bool Logarithmic { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public ChartTarget? Target { get; init; }

    /// <summary>Deploys and incidents, oldest first.</summary>
    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    /// <summary>Whether there is nothing to draw. A success rate of 0 % is very much something.</summary>
    [JsonIgnore]
    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null || (value == 0 && Unit != ChartUnit.Percent)));
}
