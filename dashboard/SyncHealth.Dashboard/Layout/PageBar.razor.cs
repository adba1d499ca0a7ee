using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Layout;

/// <summary>The head of every page: which app, what time it is there, and whether the numbers move.</summary>
public sealed partial class PageBar(DashboardOptions options)
{
    private DashboardOptions Options => options;

    /// <summary>What the page is; null where the page has a heading of its own.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Names of the apps there are.</summary>
    [Parameter]
    public IReadOnlyList<string> Apps { get; set; } = [];

    /// <summary>The app that the page is about; null for none.</summary>
    [Parameter]
    public string? App { get; set; }

    /// <summary>The shared clock when the numbers were read; null before they were.</summary>
    [Parameter]
    public DateTimeOffset? Now { get; set; }

    /// <summary>Whether the last read failed.</summary>
    [Parameter]
    public bool Failed { get; set; }

    /// <summary>Whether the shown numbers are not those of the question, or there are none yet.</summary>
    [Parameter]
    public bool Waiting { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Another app was picked.</summary>
    [Parameter]
    public EventCallback<string?> OnApp { get; set; }
}
