namespace SyncHealth.Dashboard.Charts;

/// <summary>A dashed horizontal line to compare with; the note of the chart names it.</summary>
public sealed record ChartTarget(double Value);
