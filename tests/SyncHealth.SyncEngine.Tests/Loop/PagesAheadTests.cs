using System.Text;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>When a page of a pull is asked for: after the one before it has arrived, and not many before one is stored.</summary>
public sealed class PagesAheadTests
{
    private readonly List<(string? Token, TaskCompletionSource<Reply<ArrivedPage>> Answer)> _asked = [];

    [Fact]
    public async Task Next_EveryPageArrives_InOrderAndThenNothing()
    {
        await using var pages = Ahead(2);
        Arrive(0, "a");
        var first = await pages.NextAsync();
        Arrive(1, "b");
        pages.Stored();
        var second = await pages.NextAsync();
        Arrive(2, "c", hasMore: false);
        var third = await pages.NextAsync();

        Assert.Equal([null, "a", "b"], _asked.Select(static ask => ask.Token));
        Assert.Equal(["a", "b", "c"], new[] { first, second, third }.Select(static page => page?.Value?.NextToken));
        Assert.Null(await pages.NextAsync());
    }

    [Fact]
    public async Task Arrives_BeforeItIsTaken_TheNextIsAskedFor()
    {
        await using var pages = Ahead(2);

        Arrive(0, "a");

        Assert.Equal([null, "a"], _asked.Select(static ask => ask.Token));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task Arrives_NoneIsStored_NoMoreThanSoManyAreAskedFor(int ahead, int most)
    {
        await using var pages = Ahead(ahead);
        for (var page = 0; page < most; page++)
            Arrive(page, $"{page}");

        var before = _asked.Count;
        await pages.NextAsync();
        var taken = _asked.Count;
        pages.Stored();

        Assert.Equal((most, most, most + 1), (before, taken, _asked.Count));
    }

    [Fact]
    public async Task Stored_BeforeTheNextHasArrived_IsNotForgotten()
    {
        await using var pages = Ahead(0);
        Arrive(0, "a");
        await pages.NextAsync();
        pages.Stored();
        Arrive(1, "b");
        await pages.NextAsync();
        pages.Stored();

        Assert.Equal([null, "a", "b"], _asked.Select(static ask => ask.Token));
    }

    [Fact]
    public async Task Fails_ThePagesBeforeItAreGivenFirst_AndNothingAfterIt()
    {
        await using var pages = Ahead(2);
        Arrive(0, "a");
        _asked[1].Answer.SetResult(new SyncFailure(SyncErrorKind.Server, "http_503"));

        var (first, second, third) = (await pages.NextAsync(), await pages.NextAsync(), await pages.NextAsync());

        Assert.Equal(("a", "http_503"), (first?.Value?.NextToken, second?.Failure?.Code));
        Assert.Null(third);
    }

    [Fact]
    public async Task Next_WhatArrivedIsNoPage_IsAFailure()
    {
        await using var pages = Ahead(2);
        _asked[0].Answer.SetResult(ArrivedPage.Of("""{"nextToken":"a","hasMore":false,"changes":7}"""u8.ToArray()));

        var page = await pages.NextAsync();

        Assert.Equal(SyncErrorKind.Schema, page?.Failure?.Kind);
    }

    [Fact]
    public async Task Dispose_EndsWhatTravelsAndWhatWaits()
    {
        var stopped = new List<bool>();
        var pages = new PagesAhead(
            async (token, stop) =>
            {
                if (token is null)
                    return ArrivedPage.Of(Body("a", hasMore: true));
                var end = new TaskCompletionSource<Reply<ArrivedPage>>();
                await using var registration = stop.Register(() => end.SetCanceled(stop));
                stopped.Add(false);
                try
                {
                    return await end.Task;
                }
                finally
                {
                    stopped[^1] = true;
                }
            },
            null, 2, CancellationToken.None);

        await pages.DisposeAsync();

        Assert.Equal([true], stopped);
    }

    [Fact]
    public async Task Dispose_APageWaitsForItsTurn_IsNeverAskedFor()
    {
        var pages = Ahead(0);
        Arrive(0, "a");

        await pages.DisposeAsync();

        Assert.Single(_asked);
    }

    [Fact]
    public async Task Next_IsCancelled_SaysSo()
    {
        using var cancelled = new CancellationTokenSource();
        await using var pages = new PagesAhead((_, _) => Task.FromResult<Reply<ArrivedPage>>(ArrivedPage.Of(Body("a", hasMore: true))), null, 0, cancelled.Token);
        await pages.NextAsync();
        await cancelled.CancelAsync();
        pages.Stored();

        await Assert.ThrowsAsync<OperationCanceledException>(pages.NextAsync);
    }

    private PagesAhead Ahead(int pages) => new(
        (token, stop) =>
        {
            var answer = new TaskCompletionSource<Reply<ArrivedPage>>();
            stop.Register(() => answer.TrySetCanceled(stop));
            _asked.Add((token, answer));
            return answer.Task;
        },
        null, pages, CancellationToken.None);

    private void Arrive(int page, string nextToken, bool hasMore = true) => _asked[page].Answer.TrySetResult(ArrivedPage.Of(Body(nextToken, hasMore)));

    private static byte[] Body(string nextToken, bool hasMore) =>
        Encoding.UTF8.GetBytes($$"""{"nextToken":"{{nextToken}}","hasMore":{{(hasMore ? "true" : "false")}},"changes":[]}""");
}
