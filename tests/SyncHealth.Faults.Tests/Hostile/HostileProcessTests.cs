using System.Text;
using SyncHealth.Contracts;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>C2 and C3: bombs and depth, against a process of its own, whose memory and life are what is at stake.</summary>
public sealed class HostileProcessTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";
    private const string Gzip = "Content-Encoding: gzip\r\n";
    private const int AtOnce = 16;
    private const long MiB = 1024 * 1024;

    /// <summary>All of it with sixteen bombs in work; one may take twice its decompressed cap.</summary>
    private const long PeakBytes = 400 * MiB;

    private static readonly TimeSpan RefusedWithin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestDatabase _database = null!;
    private IngestProcess _ingest = null!;
    private int _id;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _ingest = new IngestProcess(_database.ConnectionString);
        await _ingest.StartAsync();
        _id = _ingest.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_Bombs_AreRefusedAndTakeLittleMemory()
    {
        var goal = new Goal("C2");
        var zeros = Bombs.Zeros(FaultScale.Of(test: 64, faults: 1024, deep: 1024) * MiB);
        for (var warm = 0; warm < 20; warm++)
            Assert.Equal(200, await PostAsync(RawHttp.Post("/v1/events", Json, Bombs.Good(), Gzip)));

        var before = _ingest.PeakBytes();
        Assert.Equal(413, await PostAsync(RawHttp.Post("/v1/events", Json, zeros, Gzip)));
        var growth = _ingest.PeakBytes() - before;
        Assert.InRange(growth, 0, 2 * EventLimits.MaxJsonBodyBytes);

        var start = TimeProvider.System.GetTimestamp();
        Assert.Equal(413, await PostAsync(RawHttp.PostChunked("/v1/events", Json, zeros, Gzip)));
        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.Equal(413, await PostAsync(RawHttp.Post("/v1/logs", Protobuf, zeros, Gzip)));
        Assert.Equal(413, await PostAsync(RawHttp.PostChunked("/v1/logs", Json, Bombs.Members(200), Gzip)));
        Assert.Equal(400, await PostAsync(RawHttp.Post("/v1/events", Json, Bombs.Truncated(), Gzip)));
        Assert.Equal(400, await PostAsync(RawHttp.Post("/v1/events", Json, Bombs.WrongChecksum(), Gzip)));
        Assert.Equal(400, await PostAsync(RawHttp.Post("/v1/events", Json, Bombs.Nested(MiB), Gzip)));
        foreach (var encoding in (string[])["gzip, gzip", "br", "deflate", "zstd", "gzip;q=1", "x-gzip"])
            Assert.Equal(415, await PostAsync(RawHttp.Post("/v1/events", Json, Bombs.Good(), $"Content-Encoding: {encoding}\r\n")));

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number =>
            PostAsync(RawHttp.PostChunked(number % 2 == 0 ? "/v1/events" : "/v1/logs", Json, number % 3 == 0 ? Bombs.Members(100) : zeros, Gzip))));
        Assert.All(answers, status => Assert.Contains(status, (int[])[413, 503]));
        var peak = _ingest.PeakBytes();
        Assert.InRange(peak, 0, PeakBytes);
        if (FaultScale.HoldsFigures)
            Assert.InRange(took, TimeSpan.Zero, RefusedWithin);
        await AssertAliveAsync();
        goal.Reached($"one bomb took {growth / MiB} MiB and {took.TotalMilliseconds:0} ms, {AtOnce} at once peaked at {peak / MiB} MiB ({string.Join(", ", answers.CountBy(status => status).Select(pair => $"{pair.Key}: {pair.Value}"))})");
    }

    [Fact]
    public async Task Post_Depth_Is400AndTheProcessLives()
    {
        var goal = new Goal("C3");
        var count = 0;
        foreach (var depth in (int[])[33, 65, 1_000, 1_000_000])
            foreach (var (name, request) in Deep(depth))
            {
                var status = await PostAsync(request);
                Assert.True(status == 400, $"{name} at depth {depth}: {status}");
                count++;
            }

        foreach (var (name, request) in Deep(10).Where(pair => pair.Name != "groups"))
            Assert.True(await PostAsync(request) == 200, name);
        await AssertAliveAsync();
        goal.Reached($"{count} bodies of depth 33 to 1,000,000 in both protocols, all 400, same process");
    }

    private static IEnumerable<(string Name, byte[] Request)> Deep(int depth)
    {
        var arrays = new string('[', depth) + new string(']', depth);
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        foreach (var nested in (string[])[arrays, objects])
        {
            yield return ("unknown field", Events($$"""{"x":{{nested}},"events":[]}"""));
            yield return ("field of an event", Events($$"""{"events":[{"x":{{nested}}}]}"""));
            yield return ("unknown field of logs", RawHttp.Post("/v1/logs", Json, Encoding.UTF8.GetBytes($$"""{"x":{{nested}}}""")));
        }

        if (depth <= 1_000)
        {
            yield return ("kvlist", Logs(OtlpBytes.NestedRecord(depth, keyValues: true)));
            yield return ("array", Logs(OtlpBytes.NestedRecord(depth, keyValues: false)));
        }

        yield return ("groups", RawHttp.Post("/v1/logs", Protobuf, [.. Enumerable.Repeat((byte)0x0B, depth)]));
    }

    private static byte[] Events(string json) => RawHttp.Post("/v1/events", Json, Encoding.UTF8.GetBytes(json));

    private static byte[] Logs(byte[] record) => RawHttp.Post("/v1/logs", Protobuf, OtlpBytes.Request([("service.name", "notes")], record));

    private Task<int> PostAsync(byte[] request) => RawHttp.ExchangeAsync(_ingest.Port, request, Patience);

    private async Task AssertAliveAsync()
    {
        Assert.True(_ingest.IsRunning(_id));
        Assert.Equal(200, await PostAsync(RawHttp.Post("/v1/events", Json, "{\"events\":[]}"u8.ToArray())));
    }
}
