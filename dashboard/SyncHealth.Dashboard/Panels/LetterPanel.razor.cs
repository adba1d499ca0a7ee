using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A text to send to a customer, in their time zone, to be copied as a whole.</summary>
public sealed partial class LetterPanel
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The zone that the text speaks in.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The page's own address, without its parameters.</summary>
    [Parameter, EditorRequired]
    public string Action { get; set; } = "";

    /// <summary>Its parameters but the zone.</summary>
    [Parameter, EditorRequired]
    public IEnumerable<(string Name, string Value)> Kept { get; set; } = [];
}
