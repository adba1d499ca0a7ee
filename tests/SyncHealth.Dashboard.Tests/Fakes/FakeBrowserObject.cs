using Microsoft.JSInterop;

namespace SyncHealth.Dashboard.Tests.Fakes;

/// <summary>An object in a browser that remembers what was asked of it, or fails.</summary>
internal sealed class FakeBrowserObject(Exception? failure = null) : IJSObjectReference
{
    private readonly List<string> _calls = [];

    public IReadOnlyList<string> Calls => _calls;

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
    {
        if (failure is not null)
            return ValueTask.FromException<TValue>(failure);
        _calls.Add(identifier);
        return ValueTask.FromResult(default(TValue)!);
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

    public ValueTask DisposeAsync()
    {
        _calls.Add("dispose");
        return ValueTask.CompletedTask;
    }
}
