using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Releases;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The answer to "why?": every number behind a verdict.</summary>
public sealed partial class ReleaseStatistics
{
    [Parameter, EditorRequired]
    public ReleaseCase Case { get; set; } = null!;
}
