using System.Globalization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The releases of an app, a line each.</summary>
public sealed partial class ReleaseList
{
    [Parameter, EditorRequired]
    public IReadOnlyList<ReleaseLine> Lines { get; set; } = [];

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private static string Width(ReleaseLine line) => line.Share.ToString("0.##", CultureInfo.InvariantCulture);
}
