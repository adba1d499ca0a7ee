using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Causes;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

public sealed class MixRateSplitTests
{
    /// <summary>Twice the traffic on cellular, which was always worse: no segment changed, the success rate fell all the same.</summary>
    [Fact]
    public void Of_TrafficMovedToCellular_IsAllMix()
    {
        var split = MixRateSplit.Of([new("wifi", 1000, 980, 1000, 980), new("cellular", 1000, 900, 2000, 1800)]);

        Assert.Equal(-0.013333, split.Total, 6);
        Assert.Equal(0, split.Rate, 1e-15);
        Assert.Equal(-0.013333, split.Mix, 6);
    }

    [Fact]
    public void Of_CellularGotWorse_IsAllRate()
    {
        var split = MixRateSplit.Of([new("wifi", 1000, 980, 1000, 980), new("cellular", 1000, 900, 1000, 800)]);

        Assert.Equal(-0.05, split.Rate, 1e-12);
        Assert.Equal(0, split.Mix, 1e-15);
    }

    [Fact]
    public void Of_ASegmentThatAppears_OnlyMovesTheMix()
    {
        var split = MixRateSplit.Of([new("wifi", 1000, 980, 1000, 980), new("satellite", 0, 0, 1000, 500)]);

        Assert.Equal(0, split.Rate, 1e-15);
        Assert.Equal(-0.24, split.Mix, 1e-12);
    }

    [Fact]
    public void Of_APeriodWithoutAttempts_SaysNothing()
    {
        Assert.Equal(default, MixRateSplit.Of([]));
        Assert.Equal(default, MixRateSplit.Of([new("wifi", 0, 0, 10, 5)]));
    }

    [Fact]
    public void Of_AnySegments_AddsUpToTheWholeChange()
    {
        var segment =
            from before in Gen.Choose(0, 1000)
            from now in Gen.Choose(0, 1000)
            from eventsBefore in Gen.Choose(0, before)
            from eventsNow in Gen.Choose(0, now)
            select new SegmentCounts("any", before, eventsBefore, now, eventsNow);

        Prop.ForAll(Gen.NonEmptyListOf(segment).ToArbitrary(), segments =>
        {
            double before = segments.Sum(s => s.AttemptsBefore), now = segments.Sum(s => s.AttemptsNow);
            var change = before == 0 || now == 0 ? 0 : (segments.Sum(s => s.EventsNow) / now) - (segments.Sum(s => s.EventsBefore) / before);
            return Math.Abs(MixRateSplit.Of([.. segments]).Total - change) < 1e-12;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }
}
