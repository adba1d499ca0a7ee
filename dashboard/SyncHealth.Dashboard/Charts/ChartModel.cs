namespace SyncHealth.Dashboard.Charts;

/// <summary>A chart with the words around it.</summary>
/// <param name="Id">Stable name for tests and anchors.</param>
/// <param name="Note">What the numbers are, in a few words.</param>
/// <param name="WhenEmpty">What to read when there is nothing to draw: why, and what to do.</param>
public sealed record ChartModel(string Id, string Title, string Note, ChartSpec Spec, string WhenEmpty)
{
    /// <summary>For those who cannot see the picture; the table below it holds the numbers.</summary>
    public string Description => $"{Title}: {Note}. {(Spec.IsEmpty ? WhenEmpty : $"Chart with {string.Join(", ", Spec.Series.Select(series => series.Name))}; the table below holds its numbers.")}";
}
