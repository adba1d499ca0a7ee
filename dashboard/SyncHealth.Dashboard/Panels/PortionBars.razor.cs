using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Conflicts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The parts of a whole as bars with their numbers.</summary>
public sealed partial class PortionBars
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Portion> Portions { get; set; } = [];

    private static string Width(Portion portion) => (100 * portion.Share).ToString("0.##", CultureInfo.InvariantCulture);
}
