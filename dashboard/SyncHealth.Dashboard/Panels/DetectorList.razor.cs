using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What detectors say, each with the devices that have most at stake.</summary>
public sealed partial class DetectorList
{
    [Parameter, EditorRequired]
    public IReadOnlyList<DetectorLine> Lines { get; set; } = [];
}
