using Microsoft.JSInterop;

namespace SyncHealth.Dashboard.Tests.Pages;

/// <summary>While a page is prerendered nothing may call the browser.</summary>
internal sealed class NoBrowser : IJSRuntime
{
    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new InvalidOperationException($"{identifier} was called without a browser.");

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
}
