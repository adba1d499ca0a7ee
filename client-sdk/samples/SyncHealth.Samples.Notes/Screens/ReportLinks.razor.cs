using Microsoft.AspNetCore.Components;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>The way from the phone to what the dashboard knows of it.</summary>
public sealed partial class ReportLinks
{
    [Parameter, EditorRequired]
    public PhoneView View { get; set; } = null!;

    /// <summary>Address of the phone's story.</summary>
    [Parameter, EditorRequired]
    public string Story { get; set; } = "";
}
