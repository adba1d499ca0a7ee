using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Sends a notification once more that never arrived, while its incident is open.</summary>
public sealed partial class ResendButton(AlertActions actions, Viewer viewer)
{
    private string? _note;

    [Parameter, EditorRequired]
    public DeliveryLine Line { get; set; } = null!;

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private bool MayEdit => viewer.Is(AccountRole.Editor);

    private async Task ResendAsync()
    {
        _note = await actions.ResendAsync(Line.Delivery, viewer, CancellationToken.None) ? null : "Not sent again: its incident is over, or the database does not answer.";
        await OnChange.InvokeAsync();
    }
}
