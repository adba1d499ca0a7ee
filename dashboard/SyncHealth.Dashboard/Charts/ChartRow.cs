namespace SyncHealth.Dashboard.Charts;

/// <summary>A row of a chart's table: a point of time, or a range of values.</summary>
/// <param name="Label">The range; null for a point of time.</param>
/// <param name="At">The point of time; null for a range.</param>
/// <param name="StillArriving">Whether its numbers are not whole yet.</param>
/// <param name="Cells">A value for each series.</param>
public sealed record ChartRow(string? Label, DateTimeOffset? At, bool StillArriving, IReadOnlyList<string> Cells);
