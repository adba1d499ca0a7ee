using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Live;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>The phone's notes, to be pulled down for a refresh.</summary>
public sealed partial class NoteList(IJSRuntime browser) : IAsyncDisposable
{
    private ElementReference _screen;
    private IJSObjectReference? _module;
    private IJSObjectReference? _pull;
    private DotNetObjectReference<NoteList>? _self;

    [Parameter, EditorRequired]
    public PhoneView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public Phone Phone { get; set; } = null!;

    /// <summary>The list was pulled far enough.</summary>
    [Parameter]
    public EventCallback OnPull { get; set; }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task PullAsync() => InvokeAsync(OnPull.InvokeAsync);

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        await BrowserHold.ReleaseAsync(_pull, "stop", _module);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await browser.InvokeAsync<IJSObjectReference>("import", "./try/pull.js");
            _self = DotNetObjectReference.Create(this);
            _pull = await _module.InvokeAsync<IJSObjectReference>("watch", _screen, _self);
        }
        catch (Exception gone) when (BrowserHold.IsViewerGone(gone))
        {
            // The viewer left before the page was up.
        }
    }
}
