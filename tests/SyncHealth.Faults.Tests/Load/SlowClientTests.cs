using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>B8: connections that give a byte a second hold nobody up, and are not kept.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int GoodRequests = 200;

    private static readonly TimeSpan ClosedWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private IngestProcess _ingest = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _ingest = new IngestProcess(_database.ConnectionString);
        await _ingest.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Drip_ManyConnections_AreClosedAndGoodClientsAreServed()
    {
        var goal = new Goal("B8");
        var connections = FaultScale.Of(test: 100, faults: 500, deep: 2_000);
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        var sender = new OracleSender(_ingest.Http, IngestStage.Key, ledger);
        await LatenciesAsync(sender);
        var alone = await LatenciesAsync(sender);

        var body = RawHttp.Post("/v1/events", "application/json", new byte[10_000]);
        var head = RawHttp.Head("/v1/events", "application/json", "X-Slow: yes\r\n");
        var start = TimeProvider.System.GetTimestamp();
        var slow = Enumerable.Range(0, connections)
            .Select(number => number % 2 == 0 ? DripAsync(head, 40) : DripAsync(body, head.Length + 40)).ToArray();
        var beside = await LatenciesAsync(sender);
        var lives = await Task.WhenAll(slow);

        // Before and after, so that what the machine does besides meets both.
        alone.AddRange(await LatenciesAsync(sender));

        var faults = new FaultCounters();
        faults.Count(FaultKind.Drip, lives.Count(life => life >= Drip));
        faults.Require(FaultCounters.Least, FaultKind.Drip);
        Assert.InRange(lives.Max(), TimeSpan.Zero, ClosedWithin);
        Assert.Equal([HttpStatusCode.OK], sender.Answers.Keys);
        if (FaultScale.HoldsFigures)
            Assert.InRange(P99(beside), TimeSpan.Zero, 2 * P99(alone));
        goal.Reached($"{connections} connections at 1 B/s all closed within {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} s, p99 of a good client {P99(beside).TotalMilliseconds:0} ms beside them, {P99(alone).TotalMilliseconds:0} ms alone");
    }

    /// <summary>Sends a part at once and the rest byte by byte; returns how long the server put up with it.</summary>
    private async Task<TimeSpan> DripAsync(byte[] request, int atOnce)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _ingest.Port);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            await socket.SendAsync(request.AsMemory(0, atOnce));
            var ended = ReadToEndAsync(socket);
            for (var at = atOnce; at < request.Length && !ended.IsCompleted; at++)
            {
                await Task.WhenAny(ended, Task.Delay(Drip, TimeProvider.System));
                await socket.SendAsync(request.AsMemory(at, 1));
            }
        }
        catch (SocketException)
        {
            // Closed, as it should be.
            return TimeProvider.System.GetElapsedTime(start);
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        try
        {
            for (var buffer = new byte[512]; await socket.ReceiveAsync(buffer) > 0;)
                continue;
        }
        catch (SocketException)
        {
            // Reset is an end too.
            return;
        }
    }

    /// <summary>How long a good client's answers take.</summary>
    private static async Task<List<TimeSpan>> LatenciesAsync(OracleSender sender)
    {
        var times = new List<TimeSpan>(GoodRequests);
        for (var i = 0; i < GoodRequests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (!await sender.SendNewAsync(10, CancellationToken.None))
                throw new InvalidOperationException($"A good request was not taken: {sender.Describe()}.");
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return times;
    }

    private static TimeSpan P99(List<TimeSpan> times) => times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.99) - 1);
}
