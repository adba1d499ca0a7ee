using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Setup;

/// <summary>How the last change of a card ended: why it was not made, or what is shown this once.</summary>
public sealed partial class Outcome
{
    [Parameter, EditorRequired]
    public SetupChange? Change { get; set; }

    /// <summary>What a secret is called, as the beginning of a sentence.</summary>
    [Parameter]
    public string SecretName { get; set; } = "";

    /// <summary>What else there is to say beside a secret.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
