using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>The sign-in form.</summary>
public sealed partial class LoginDocument
{
    /// <summary>Where one wanted to go.</summary>
    [Parameter, EditorRequired]
    public string To { get; set; } = "/";

    /// <summary>As typed before.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [Parameter]
    public string? Problem { get; set; }
}
