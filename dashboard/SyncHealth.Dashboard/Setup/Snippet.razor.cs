using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Text to take along, with a button that does.</summary>
public sealed partial class Snippet
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What it is, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";
}
