using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>One's own password, and signing out.</summary>
public sealed partial class AccountDocument
{
    [Parameter, EditorRequired]
    public Visitor? Visitor { get; set; }

    [Parameter]
    public string? Problem { get; set; }

    /// <summary>Whether the password was just changed.</summary>
    [Parameter]
    public bool Done { get; set; }
}
