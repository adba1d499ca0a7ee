using System.Text.Json.Serialization;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>One line or colour of a chart.</summary>
/// <param name="Color">Name of the custom property that holds its colour, <c>series-1</c>: themes decide, not charts.</param>
/// <param name="Dash">Length of dashes in pixels, 0 for a solid line: colour is never the only signal.</param>
/// <param name="Values">One for each time or category; null where there is nothing to show.</param>
/// <param name="Filter">What a click on it narrows the page to; null when it stands for no segment.</param>
public sealed record ChartSeries(string Name, string Color, int Dash, IReadOnlyList<double?> Values, [property: JsonIgnore] DimensionFilter? Filter = null)
{
    /// <summary>Whether a click on it does something.</summary>
    public bool Pickable => Filter is not null;
}
