using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>C1, over sockets and down to the database: mutated requests, heads included.</summary>
public sealed class HttpFuzzTests : IAsyncLifetime
{
    private const int Senders = 16;

    /// <summary>Tries of a request that was answered late or not at all: an input that is dear is dear each time, a busy machine is late now and then.</summary>
    private const int Tries = 5;

    /// <summary>Overload, and HTTP's own answer to a version that nobody speaks.</summary>
    private static readonly int[] Allowed = [503, 505];

    /// <summary>How long a request may wait for an answer before its sender hangs up: a spoilt length or end of head has none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private IngestStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
        _stage = await IngestStage.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_MutatedRequests_AreNeverAServerError()
    {
        var goal = new Goal("C1");
        var requests = FaultScale.Of(test: 600, faults: 20_000, deep: 500_000);
        var slowest = 0L;
        var late = new ConcurrentBag<byte[]>();
        var statuses = new int[600];
        await Parallel.ForAsync(0, Senders, async (sender, _) =>
        {
            var random = new Random((FaultScale.Seed * Senders) + sender);
            var mutator = new Mutator(random);
            for (var i = 0; i < requests / Senders; i++)
            {
                var request = RequestOf(random, mutator, out var isHeadSound);
                var (status, time) = await ExchangeAsync(request);
                Interlocked.Increment(ref statuses[status]);
                if (status > 0)
                    InterlockedMax(ref slowest, time.Ticks);
                if (isHeadSound && (status == 0 || time > TooSlow))
                    late.Add(request);
            }
        });

        Assert.All(Enumerable.Range(500, 100).Except(Allowed), status => Assert.Equal(0, statuses[status]));
        var faults = new FaultCounters();
        faults.Count(FaultKind.Mutation, requests - statuses[200] - statuses[503]);
        faults.Require(FaultCounters.Least, FaultKind.Mutation);
        Assert.All((int[])[0, 200, 400, 401, 415], status => Assert.NotEqual(0, statuses[status]));
        foreach (var request in late)
            Assert.True(await IsAnsweredInTimeAsync(request), $"Never answered within {TooSlow}: {Convert.ToBase64String(request)}");

        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        Assert.True(await new OracleSender(_stage.Http, IngestStage.Key, ledger).SendNewAsync(50, CancellationToken.None));
        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _database.DataSource));
        goal.Reached($"{requests} mutated requests over HTTP ({string.Join(", ", statuses.Index().Where(pair => pair.Item > 0).Select(pair => $"{pair.Index}: {pair.Item}"))}), slowest {TimeSpan.FromTicks(slowest).TotalMilliseconds:0} ms, {late.Count} late ones answered in time when sent again, then a sound batch");
    }

    private async Task<(int Status, TimeSpan Time)> ExchangeAsync(byte[] request)
    {
        var start = TimeProvider.System.GetTimestamp();
        var status = await RawHttp.ExchangeAsync(_stage.Port, request, Patience);
        return (status, TimeProvider.System.GetElapsedTime(start));
    }

    private async Task<bool> IsAnsweredInTimeAsync(byte[] request)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
            if (await ExchangeAsync(request) is { Status: > 0 } answer && answer.Time <= TooSlow)
                return true;
        return false;
    }

    /// <summary>A request of any format; half of them keep their head, so that mutated bodies reach the parsers.</summary>
    private static byte[] RequestOf(Random random, Mutator mutator, out bool isHeadSound)
    {
        var (path, type, seeds) = random.Next(3) switch
        {
            0 => ("/v1/events", "application/json", FuzzSeeds.Json),
            1 => ("/v1/logs", "application/json", FuzzSeeds.OtlpJson),
            _ => ("/v1/logs", "application/x-protobuf", FuzzSeeds.OtlpProtobuf),
        };
        var body = mutator.Mutate(seeds[random.Next(seeds.Count)], seeds);
        var encoding = random.Next(6) == 0 ? "Content-Encoding: gzip\r\n" : "";
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {IngestStage.Key}\r\nContent-Type: {type}\r\n{encoding}Idempotency-Key: k{random.Next(50)}\r\nX-SyncHealth-Attempt: {random.Next(4)}\r\nContent-Length: {body.Length}\r\n"));
        isHeadSound = random.Next(2) == 0;
        return isHeadSound ? [.. head, .. "\r\n"u8, .. body] : [.. mutator.Mutate(head, [head]), .. "\r\n"u8, .. body];
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var current = Volatile.Read(ref target); value > current;)
            current = Interlocked.CompareExchange(ref target, value, current);
    }
}
