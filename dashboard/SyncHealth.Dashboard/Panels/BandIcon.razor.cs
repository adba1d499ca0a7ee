using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The shape of a band: a circle with a tick, a triangle with a bang, an octagon with a cross, an empty circle.</summary>
public sealed partial class BandIcon
{
    private const string Circle = "M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 1 1 8 .8z";
    private const string Triangle = "M8 .8 15.6 14.8H.4z";
    private const string Octagon = "M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z";

    [Parameter, EditorRequired]
    public Band Band { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    public int Size { get; set; } = 16;

    private string Outline => Band switch
    {
        Band.NeedsAttention => Triangle,
        Band.Poor => Octagon,
        _ => Circle,
    };

    private string Mark => Band switch
    {
        Band.Good => "M4.6 8.3l2.4 2.4 4.4-5",
        Band.NeedsAttention => "M8 5.6v4.2M8 12.2v.3",
        Band.Poor => "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2",
        _ => "M4.8 8h6.4",
    };
}
