using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>What was wrong with a form, and the button that sends it.</summary>
public sealed partial class FormEnd
{
    [Parameter, EditorRequired]
    public string Action { get; set; } = "";

    [Parameter]
    public string? Problem { get; set; }
}
