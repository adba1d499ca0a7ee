using System.Collections.Concurrent;
using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>Apps that send at an even pace, each below its own limit, and one of them at times far above it.</summary>
/// <param name="http">To the ingest process.</param>
/// <param name="apps">Names and keys; the first is the one that abuses.</param>
/// <param name="batchesPerSecond">Of each app while it behaves.</param>
internal sealed class Neighbours(HttpClient http, IReadOnlyList<(string App, string Key)> apps, double batchesPerSecond)
{
    /// <summary>Times its share that the first app sends while it abuses (goal F2).</summary>
    public const int AbuseFactor = 20;

    public const int BatchSize = 10;

    private readonly Ledger[] _ledgers = [.. apps.Select(app => new Ledger(app.App, TimeProvider.System.GetUtcNow()))];

    /// <summary>One per app, in order.</summary>
    public IReadOnlyList<Ledger> Ledgers => _ledgers;

    /// <summary>One per app, in order.</summary>
    public OracleSender[] Senders => field ??= [.. apps.Select((app, place) => new OracleSender(http, app.Key, _ledgers[place]))];

    /// <summary>Lets all of them send for a while; returns how long each accepted batch of the well-behaved ones took.</summary>
    public async Task<IReadOnlyCollection<TimeSpan>> RunAsync(TimeSpan length, bool isAbused)
    {
        var times = new ConcurrentBag<TimeSpan>();
        await Task.WhenAll(Senders.Select((sender, place) => PaceAsync(
            length, batchesPerSecond * (place == 0 && isAbused ? AbuseFactor : 1), () => SendAsync(sender, place == 0 ? null : times))));
        return times;
    }

    private static async Task SendAsync(OracleSender sender, ConcurrentBag<TimeSpan>? times)
    {
        await Task.Yield();
        var start = TimeProvider.System.GetTimestamp();
        if (await sender.SendNewAsync(BatchSize, CancellationToken.None))
            times?.Add(TimeProvider.System.GetElapsedTime(start));
    }

    /// <summary>Begins one action per beat, whatever becomes of those before it; what a late beat missed is left out, not made up for.</summary>
    private static async Task PaceAsync(TimeSpan length, double perSecond, Func<Task> action)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond), TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();
        var begun = new List<Task>();
        while (TimeProvider.System.GetElapsedTime(start) < length && await beat.WaitForNextTickAsync())
            begun.Add(action());
        await Task.WhenAll(begun);
    }
}
