using System.Collections.Concurrent;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>Load that does not wait for answers, as many clients together are.</summary>
internal sealed class OpenLoad(HttpClient http)
{
    private const int BatchSize = 100;
    private const int Workers = 16;

    /// <summary>Requests that may be open at once: what a machine has in sockets.</summary>
    private const int MaxOpen = 3_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public Ledger Ledger { get; } = new("oracle", TimeProvider.System.GetUtcNow());

    public OracleSender Sender => field ??= new OracleSender(http, IngestStage.Key, Ledger);

    /// <summary>Events a second that are taken when each sender waits for its answer; the first part of the time warms up.</summary>
    public async Task<double> MeasureCapacityAsync(TimeSpan length)
    {
        await RunClosedAsync(length);
        var before = Ledger.Acknowledged;
        var start = TimeProvider.System.GetTimestamp();
        await RunClosedAsync(length);
        return (Ledger.Acknowledged - before) / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Offers this many events a second, whatever becomes of them.</summary>
    public async Task<(double PerSecond, int Accepted, TimeSpan P99)> OfferAsync(double eventsPerSecond, TimeSpan length)
    {
        var accepted = new ConcurrentBag<TimeSpan>();
        var open = new ConcurrentDictionary<Task, bool>();
        var requests = 0;
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) is var elapsed && elapsed < length)
        {
            for (; requests < elapsed.TotalSeconds * eventsPerSecond / BatchSize && open.Count < MaxOpen; requests++)
            {
                var request = SendAsync(accepted);
                open.TryAdd(request, true);
                _ = request.ContinueWith(ended => open.TryRemove(ended, out _), TaskScheduler.Default);
            }

            await Task.Delay(Tick, TimeProvider.System);
        }

        var taken = accepted.Count * BatchSize;
        await Task.WhenAll(open.Keys);
        return (requests * BatchSize / length.TotalSeconds, taken, accepted.Order().ElementAtOrDefault((int)Math.Ceiling(accepted.Count * 0.99) - 1));
    }

    /// <summary>How long it takes until a fresh batch is acknowledged within <paramref name="normal"/>.</summary>
    public async Task<TimeSpan> RecoverAsync(TimeSpan normal)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var sent = TimeProvider.System.GetTimestamp();
            if (await Sender.SendNewAsync(BatchSize, CancellationToken.None) && TimeProvider.System.GetElapsedTime(sent) < normal)
                return TimeProvider.System.GetElapsedTime(start);
            await Task.Delay(Tick, TimeProvider.System);
        }
    }

    private async Task RunClosedAsync(TimeSpan length)
    {
        using var stop = new CancellationTokenSource(length, TimeProvider.System);
        await Sender.RunAsync(Workers, BatchSize, stop.Token);
    }

    private async Task SendAsync(ConcurrentBag<TimeSpan> accepted)
    {
        await Task.Yield();
        var start = TimeProvider.System.GetTimestamp();
        if (await Sender.SendNewAsync(BatchSize, CancellationToken.None))
            accepted.Add(TimeProvider.System.GetElapsedTime(start));
    }
}
