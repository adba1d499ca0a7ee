using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Active, late, silent and gone devices; each leads to the list of them.</summary>
public sealed partial class PresenceCounts
{
    [Parameter, EditorRequired]
    public IReadOnlyList<PresenceCount> Counts { get; set; } = [];
}
