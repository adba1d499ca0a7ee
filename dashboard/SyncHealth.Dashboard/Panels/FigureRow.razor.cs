using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The numbers of a page side by side.</summary>
public sealed partial class FigureRow
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Figure> Figures { get; set; } = [];
}
