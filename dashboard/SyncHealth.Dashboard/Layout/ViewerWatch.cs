using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Layout;

/// <summary>Shows nothing; tells this circuit's <see cref="ViewerPresence"/> what only the browser knows.</summary>
public sealed class ViewerWatch(IJSRuntime browser, ViewerPresence presence) : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<ViewerWatch>? _self;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public void SetVisible(bool visible) => presence.SetVisible(visible);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await browser.InvokeAsync<IJSObjectReference>("import", "./js/viewer.js");
            presence.SetClock(ViewerClock.Of(await _module.InvokeAsync<string?>("zone"), await _module.InvokeAsync<int>("offsetMinutes")));
            _self = DotNetObjectReference.Create(this);
            _watch = await _module.InvokeAsync<IJSObjectReference>("watch", _self);
        }
        catch (Exception gone) when (BrowserHold.IsViewerGone(gone))
        {
            // The viewer left before the page was up.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        await BrowserHold.ReleaseAsync(_watch, "stop", _module);
    }
}
