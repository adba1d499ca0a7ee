using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What stands around every page: its head, what to read while there is nothing, and what failed.</summary>
public sealed partial class PageShell(NavigationManager navigation)
{
    /// <summary>Blocks of the outline: about a screen of them.</summary>
    private const int Bones = 3;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Null before the first answer.</summary>
    [Parameter, EditorRequired]
    public PageFrame? Frame { get; set; }

    /// <summary>The app that was asked for.</summary>
    [Parameter]
    public string? Asked { get; set; }

    /// <summary>Whether the page is about one app, and has nothing to show without. Default: true.</summary>
    [Parameter]
    public bool NeedsApp { get; set; } = true;

    /// <summary>What failed, for people; null while reads succeed.</summary>
    [Parameter]
    public string? Failure { get; set; }

    /// <summary>Whether the shown answer is still that of the address before.</summary>
    [Parameter]
    public bool Pending { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>This page about another app.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> AddressOf { get; set; } = null!;

    [Parameter]
    public EventCallback OnRetry { get; set; }

    /// <summary>Range, filters, search: there before the first answer.</summary>
    [Parameter]
    public RenderFragment? Controls { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private void Go(string? app)
    {
        if (!string.IsNullOrEmpty(app))
            navigation.NavigateTo(AddressOf(app));
    }
}
