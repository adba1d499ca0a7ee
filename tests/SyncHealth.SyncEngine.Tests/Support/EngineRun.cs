using System.Threading.Channels;
using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A device's engine running by itself, one finished cycle after the other.</summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly Channel<CycleResult> _cycles = Channel.CreateUnbounded<CycleResult>();
    private readonly Task _run;

    public EngineRun(TestDevice device)
    {
        device.Engine.CycleFinished += result => _cycles.Writer.TryWrite(result);
        _run = device.Engine.RunAsync(_stop.Token);
    }

    /// <summary>Moves the clock by steps until the next cycle has ended.</summary>
    public async Task<CycleResult> NextAsync(NotesServerFixture server, TimeSpan step)
    {
        CycleResult? result;
        while (!_cycles.Reader.TryRead(out result))
        {
            _stop.Token.ThrowIfCancellationRequested();
            server.Time.Advance(step);
            await Task.Yield();
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }
}
