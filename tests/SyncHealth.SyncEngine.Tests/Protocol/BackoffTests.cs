using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Protocol;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_StaysBelowADoublingBound() => Prop.ForAll(
        (from seed in Gen.Choose(0, 10_000) from retry in Gen.Choose(0, 100) select (seed, retry)).ToArbitrary(),
        input =>
        {
            var wait = new Backoff(First, Longest, new Random(input.seed)).Next(input.retry);
            return wait >= TimeSpan.Zero && wait <= Longest && wait <= First * Math.Pow(2, Math.Min(input.retry, 10));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    [Fact]
    public void Next_ManyDevices_SpreadOverTheWholeRange()
    {
        var waits = Enumerable.Range(0, 1000).Select(seed => new Backoff(First, Longest, new Random(seed)).Next(4)).ToArray();

        Assert.InRange(waits.Count(wait => wait < TimeSpan.FromSeconds(4)), 200, 300);
        Assert.InRange(waits.Count(wait => wait > TimeSpan.FromSeconds(12)), 200, 300);
    }

    [Fact]
    public void Next_ServerAsksForMore_IsObeyed() =>
        Assert.Equal(TimeSpan.FromMinutes(2), new Backoff(First, Longest, new Random(1)).Next(0, TimeSpan.FromMinutes(2)));
}
