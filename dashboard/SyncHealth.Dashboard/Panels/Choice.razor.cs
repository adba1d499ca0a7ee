using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A row of links of which one is where one is: the address is the state.</summary>
public sealed partial class Choice
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>A word before the options; null for none.</summary>
    [Parameter]
    public string? Lead { get; set; }

    [Parameter, EditorRequired]
    public IEnumerable<ChoiceOption> Options { get; set; } = [];
}
