using SyncHealth.Client.Sending;

namespace SyncHealth.Client.Tests.Sending;

public sealed class RetryScheduleTests
{
    /// <summary>Three times the fair mean of 10,000 devices over the 300 s of the longest backoff (B3).</summary>
    private const int MostInASecond = 3 * 10_000 / 300;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(8, 256)]
    [InlineData(9, 300)]
    [InlineData(1000, 300)]
    public void Ceiling_AfterFailures_DoublesUpToTheCap(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.Ceiling(failures));

    [Fact]
    public void Next_ManyTimes_FillsTheWholeRangeBelowTheCeiling()
    {
        var schedule = new RetrySchedule(new Random(3));
        for (var i = 0; i < 20; i++)
            schedule.Next();
        var drawn = Enumerable.Range(0, 2000).Select(_ => schedule.Next().TotalSeconds).ToList();

        Assert.All(drawn, delay => Assert.InRange(delay, 0, 300));
        Assert.InRange(drawn.Average(), 140, 160);
        Assert.True(drawn.Min() < 5 && drawn.Max() > 295);
    }

    [Fact]
    public void Next_AfterReset_StartsAtTheBase()
    {
        var schedule = new RetrySchedule(new Random(3));
        for (var i = 0; i < 20; i++)
            schedule.Next();
        schedule.Reset();

        Assert.True(schedule.Next() <= RetrySchedule.Base);
    }

    [Fact]
    public void Next_TenThousandDevicesAfterAnOutage_DoNotReturnTogether() => Assert.InRange(Busiest(new Random(5)), 1, MostInASecond);

    /// <summary>H1: a backoff without jitter.</summary>
    [Fact]
    public void Next_WithoutJitter_IsFound() => Assert.True(Busiest(new NoRandom()) > MostInASecond);

    /// <summary>Arrivals in the busiest second.</summary>
    private static int Busiest(Random random)
    {
        // Each has failed through ten minutes; then all draw their next delay at once.
        var arrivals = Enumerable.Range(0, 10_000).Select(_ =>
        {
            var schedule = new RetrySchedule(random);
            for (var i = 0; i < 9; i++)
                schedule.Next();
            return (int)schedule.Next().TotalSeconds;
        }).GroupBy(second => second).Select(g => g.Count());
        return arrivals.Max();
    }

    private sealed class NoRandom() : Random(1)
    {
        public override double NextDouble() => 0.5;
    }
}
