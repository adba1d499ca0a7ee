using Microsoft.JSInterop;

namespace SyncHealth.Dashboard.Live;

/// <summary>What a page holds in the browser: an object of a module, and the module.</summary>
public static class BrowserHold
{
    /// <summary>Lets go of both. A viewer that is gone holds nothing any more, and a call that was under way then counts as cancelled: neither is an error.</summary>
    /// <param name="held">The object; null when it was never made.</param>
    /// <param name="farewell">The object's own function that ends it.</param>
    /// <param name="module">The module; null when it was never loaded.</param>
    public static async ValueTask ReleaseAsync(IJSObjectReference? held, string farewell, IJSObjectReference? module)
    {
        try
        {
            if (held is not null)
            {
                await held.InvokeVoidAsync(farewell);
                await held.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception gone) when (IsViewerGone(gone))
        {
            // There is nothing left to let go of.
        }
    }

    /// <summary>Whether a call failed because the viewer left.</summary>
    public static bool IsViewerGone(Exception exception) => exception is JSDisconnectedException or OperationCanceledException;
}
