using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Setup;

/// <summary>A button for what cannot be taken back: it asks once more, in its own place.</summary>
public sealed partial class ConfirmButton
{
    private bool _asked;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public string Question { get; set; } = "";

    [Parameter]
    public EventCallback OnConfirm { get; set; }

    private async Task ConfirmAsync()
    {
        _asked = false;
        await OnConfirm.InvokeAsync();
    }
}
