using Xunit;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A screen that watches a device's engine and shows its data state.</summary>
internal sealed class StateWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly IAsyncEnumerator<EngineStatus> _statuses;
    private DataState? _shown;

    public StateWatch(TestDevice device) => _statuses = device.Engine.WatchAsync(_stop.Token).GetAsyncEnumerator();

    /// <summary>Waits until the screen shows another state than before.</summary>
    public async Task<DataState> NextAsync()
    {
        do
        {
            Assert.True(await _statuses.MoveNextAsync());
        }
        while (_statuses.Current.State == _shown);

        _shown = _statuses.Current.State;
        return _shown.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _statuses.DisposeAsync();
        _stop.Dispose();
    }
}
