using Microsoft.AspNetCore.Components;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access.Documents;

/// <summary>A labelled field of a form.</summary>
public sealed partial class FormField
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What the browser's password keeper goes by (HTML, autofill field names).</summary>
    [Parameter, EditorRequired]
    public string Autocomplete { get; set; } = "";

    [Parameter]
    public string Kind { get; set; } = "password";

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Whether typing begins here.</summary>
    [Parameter]
    public bool Focus { get; set; }

    /// <summary>Shown for password keepers, not to be changed.</summary>
    [Parameter]
    public bool Fixed { get; set; }

    private int MaxLength => Kind == "password" ? Passwords.MaxLength : AccountName.MaxLength;
}
