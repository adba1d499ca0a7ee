using System.Net;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>B5: with a server that fails for good, a batch is on the wire once per attempt that was planned, and no attempt is made twice.</summary>
public sealed class OneRetryLayerTests
{
    private const int Flushes = 12;

    [Fact]
    public async Task Send_ServerFailsForGood_MakesEachAttemptOnce()
    {
        var attempts = await AttemptsAsync(server => server);

        Assert.Equal(Enumerable.Range(1, attempts.Count), attempts);
        // One for each flush, and one of the loop's own whenever its backoff has passed.
        Assert.InRange(attempts.Count, Flushes, 2 * Flushes);
    }

    /// <summary>H1: somebody below the SDK tries again as well.</summary>
    [Fact]
    public async Task Send_WithASecondRetryLayer_IsFound()
    {
        var attempts = await AttemptsAsync(server => new SecondRetryLayer(server));

        Assert.NotEqual(Enumerable.Range(1, attempts.Count), attempts);
    }

    private static async Task<List<int>> AttemptsAsync(Func<HttpMessageHandler, HttpMessageHandler> layer)
    {
        using var ingest = new FakeIngest { Respond = _ => FakeIngest.Refusal(HttpStatusCode.ServiceUnavailable) };
        var time = Some.Clock();
        await using var telemetry = SyncTelemetry.Create(Some.Options(layer(ingest), time: time));
        telemetry.StartSync(SyncType.Delta).Succeed();
        for (var flush = 0; flush < Flushes; flush++)
        {
            Assert.False(await telemetry.FlushAsync());
            time.Advance(RetrySchedule.Cap);
        }

        Assert.Single(ingest.Batches.Select(batch => batch.Key).Distinct());
        return [.. ingest.Batches.Select(batch => batch.Attempt)];
    }
}
