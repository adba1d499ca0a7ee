using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The one sentence that a page begins with, in the colour of its band, and what to do about it.</summary>
public sealed partial class HeadlineCard
{
    [Parameter, EditorRequired]
    public Band Band { get; set; }

    /// <summary>What the section is called by a screen reader.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = null!;

    [Parameter]
    public string? Id { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment Sentence { get; set; } = null!;

    /// <summary>Links and buttons behind the sentence.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
