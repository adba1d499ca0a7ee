using Microsoft.AspNetCore.Components;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>Where a one-time link leads: a name, where it has none, and a password.</summary>
public sealed partial class JoinDocument
{
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    [Parameter, EditorRequired]
    public Invitation Invitation { get; set; } = null!;

    /// <summary>As typed before.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [Parameter]
    public string? Problem { get; set; }
}
