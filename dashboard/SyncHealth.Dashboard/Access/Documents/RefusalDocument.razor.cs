using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>Why there is no page.</summary>
public sealed partial class RefusalDocument
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";
}
