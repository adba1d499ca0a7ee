using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Processes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

/// <summary>Reliability F2: one abuser among ten. Real keys, real database, loopback.</summary>
public sealed class NoisyAppTests : IAsyncLifetime
{
    private const int Apps = 10;
    private const int EventsPerSecond = 20;
    private const int EventsPerBatch = 10;

    /// <summary>What a well-behaved app sends: a whole burst, so that not one event may be refused.</summary>
    private const int Batches = 20;

    private const int AbuserFactor = 20;

    private TestDatabase _database = null!;
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_OneAppSendsTwentyTimesItsShare_TheOthersLoseNothing()
    {
        var keys = new KeyStore(_database.DataSource, _server.Clock, _server.Clock);
        var texts = new List<string>();
        for (var app = 0; app < Apps; app++)
            texts.Add((await keys.CreateAsync(new NewKey($"app-{app}", "fleet") { EventsPerSecond = EventsPerSecond }, CancellationToken.None)).Text);
        var start = TimeProvider.System.GetTimestamp();

        var accepted = await Task.WhenAll(texts.Select((key, app) => SendAsync(app, key, app == 0 ? Batches * AbuserFactor : Batches)));

        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Assert.All(accepted.Skip(1), count => Assert.Equal(Batches, count));
        Assert.InRange(accepted[0] * EventsPerBatch, 1, (EventsPerSecond * (10 + seconds)) + EventsPerBatch);
        await using var command = _database.DataSource.CreateCommand("select count(*) from synchealth.event");
        Assert.Equal((long)accepted.Sum() * EventsPerBatch, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Post_TwoProcesses_GiveOutTheLimitBetweenThem()
    {
        await using var other = await IngestServer.StartAsync(_database);
        foreach (var server in new[] { _server, other, _server })
            await server.Services.GetRequiredService<ProcessRegistry>().BeatAsync(CancellationToken.None);
        var key = (await new KeyStore(_database.DataSource, _server.Clock, _server.Clock).CreateAsync(new NewKey("notes", "fleet") { EventsPerSecond = 1 }, CancellationToken.None)).Text;

        // Each process gives out one event in two seconds: after a hundred at once (more than a burst passes a full bucket) it is 192 s until the next, where it would be 91 s
        // with the whole limit. A slow machine has used up some of them.
        foreach (var server in new[] { _server, other })
        {
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Batch("n", count: 100, server.Client.BaseAddress!.Port), key)).StatusCode);
            using var refused = await server.PostAsync(Batch("m", count: 5, server.Client.BaseAddress!.Port), key);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(192));
        }
    }

    /// <summary>A guessed key costs no query of its own: with the database gone, the answer is still no and not "I cannot say".</summary>
    [Fact]
    public async Task Post_FloodOfUnknownKeys_AsksTheDatabaseForNone()
    {
        using var first = await _server.PostAsync("{}", "shk_guess");
        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        await using (await Outage.StartAsync(_database))
            for (var guess = 0; guess < 200; guess++)
                Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PostAsync("{}", $"shk_guess_{guess}")).StatusCode);
    }

    private static string Batch(string name, int count, int device) =>
        $$"""{"resource":{"deviceId":"{{device}}"},"events":[{{string.Join(',', Enumerable.Range(0, count).Select(i => Taking.EventJson($"\"id\":\"{name}-{i}\"")))}}]}""";

    private async Task<int> SendAsync(int app, string key, int batches)
    {
        var accepted = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            using var answer = await _server.PostAsync(Batch($"{batch}", EventsPerBatch, app), key);
            if (answer.StatusCode == HttpStatusCode.OK)
                accepted++;
            else
                Assert.Equal((HttpStatusCode.TooManyRequests, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
        }

        return accepted;
    }
}
