using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Panels;

/// <summary>One vital sign.</summary>
public sealed partial class TileCard
{
    [Parameter, EditorRequired]
    public VitalTile Tile { get; set; } = null!;

    /// <summary>Where it is looked into; null where it leads nowhere.</summary>
    [Parameter]
    public string? Explore { get; set; }

    /// <summary>What the change is against: <c>previous hour</c>.</summary>
    [Parameter, EditorRequired]
    public string Before { get; set; } = "";
}
