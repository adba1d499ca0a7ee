namespace SyncHealth.Dashboard.Charts;

/// <summary>A moment that a chart over time points out.</summary>
/// <param name="At">Epoch milliseconds.</param>
/// <param name="Letter">Stands on the chart, where a text would cover the lines; the text stands below it.</param>
/// <param name="Text">What happened.</param>
public sealed record ChartMarker(long At, string Letter, string Text);
