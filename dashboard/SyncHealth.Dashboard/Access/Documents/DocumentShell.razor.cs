using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>A page that needs no circuit: one card in the middle.</summary>
public sealed partial class DocumentShell
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;
}
