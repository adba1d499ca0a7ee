using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Panels;

/// <summary>The receivers of the installation, those without a secret shown as such, and a test of each.</summary>
public sealed partial class ReceiverTable(ReceiverActions actions, Viewer viewer) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string? _tested;
    private string _said = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<ReceiverLine> Receivers { get; set; } = [];

    /// <summary>A test may switch a receiver on again: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private bool MayTest => viewer.Is(AccountRole.Editor);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task TestAsync(string receiver)
    {
        (_tested, _said) = (receiver, "");
        try
        {
            _said = await actions.TestAsync(receiver, viewer, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return;
        }

        _tested = null;
        await OnChange.InvokeAsync();
    }
}
