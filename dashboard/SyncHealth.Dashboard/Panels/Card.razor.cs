using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A part of a page with its title.</summary>
public sealed partial class Card
{
    /// <summary>Stable name for tests and anchors.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What the numbers are, in a few words.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>At the end of the title's line.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
