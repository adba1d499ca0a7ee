using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Each release by the devices that should be heard of: how many were, and how many synced, among those and among all.</summary>
public sealed partial class CoverageTable
{
    [Parameter, EditorRequired]
    public PresenceTable Table { get; set; } = new([], [], 0);
}
