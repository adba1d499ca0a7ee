using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class ErrorRankingTests
{
    [Fact]
    public void Of_RateFell_RanksByWhatEachAddsToTheFallNotByFrequency()
    {
        var ranking = Rank(
            now: (1000, [Error("offline", "", 60), Error("timeout", "http_504", 45), Error("server", "http_500", 5)]),
            before: (2000, [Error("offline", "", 120), Error("server", "http_500", 20)]));

        Assert.True(ranking.Dropped);
        Assert.Equal((11, 7), (ranking.Rate!.Value, ranking.RateBefore!.Value));
        Assert.Equal(["timeout · http_504", "offline", "server · http_500"], ranking.Rows.Select(row => row.Name));
        Assert.Equal([1.125, 0, -0.125], ranking.Rows.Select(row => Math.Round(row.OfDrop!.Value, 9)));
        Assert.Equal(4.5, ranking.Rows[0].Rise!.Value, 9);
        Assert.Equal(1, ranking.Rows.Sum(row => row.OfDrop!.Value), 9);
    }

    [Fact]
    public void Of_RateDidNotFall_RanksByFrequency()
    {
        var ranking = Rank(now: (1000, [Error("timeout", "", 4), Error("offline", "", 6)]), before: (1000, [Error("offline", "", 10)]));

        Assert.False(ranking.Dropped);
        Assert.Equal(["offline", "timeout"], ranking.Rows.Select(row => row.Name));
        Assert.All(ranking.Rows, row => Assert.Null(row.OfDrop));
        Assert.Equal(0.6, ranking.Rows[0].OfFailures, 9);
    }

    [Fact]
    public void Of_NothingBefore_ComparesWithNothing()
    {
        var ranking = Rank(now: (100, [Error("", "", 10)]), before: (0, []));

        Assert.False(ranking.Dropped);
        Assert.Equal("not reported", Assert.Single(ranking.Rows).Name);
        Assert.Null(ranking.Rows[0].Rise);
    }

    [Theory]
    [InlineData("timeout", "http_504", "timeout · http_504")]
    [InlineData("timeout", "timeout", "timeout")]
    [InlineData("", "E42", "E42")]
    public void Of_KindAndCode_AreSaidOnceWhereTheyAreTheSame(string kind, string code, string name) =>
        Assert.Equal(name, Assert.Single(Rank(now: (100, [Error(kind, code, 10)]), before: (100, [])).Rows).Name);

    [Fact]
    public void Of_SameErrorInManySteps_IsOneRow()
    {
        var ranking = Rank(now: (100, [Error("timeout", "x", 3), Error("timeout", "x", 4)]), before: (100, []));

        Assert.Equal(7, Assert.Single(ranking.Rows).Failures);
    }

    [Fact]
    public void Of_MoreErrorsThanRows_SaysHowManyAreLeft() =>
        Assert.Equal(5, Rank((1000, [.. Enumerable.Range(0, 25).Select(i => Error("server", $"http_{500 + i}", 1 + i))]), (0, [])).Left);

    private static ErrorRanking Rank((long Attempts, ErrorShare[] Errors) now, (long Attempts, ErrorShare[] Errors) before) => ErrorRanking.Of(new ExploreAnswers
    {
        Now = Some.Now,
        Apps = [],
        Total = Some.Point(now.Attempts, now.Errors.Sum(error => error.Attempts)),
        Before = Some.Point(before.Attempts, before.Errors.Sum(error => error.Attempts)),
        Errors = now.Errors,
        ErrorsBefore = before.Errors,
    });

    private static ErrorShare Error(string kind, string code, long attempts) => new(new Dictionary<string, string>(), Some.Now, kind, code, attempts);
}
