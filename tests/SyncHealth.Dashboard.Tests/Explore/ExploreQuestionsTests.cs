using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class ExploreQuestionsTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddMinutes(7).AddSeconds(20);

    private static readonly ExploreState Plain = ExploreState.Default(TimeRange.SixHours) with { Filters = FilterSet.Parse(["app_version:2.5.0", "os:ios"]) };

    [Fact]
    public void Before_NoComparison_IsTheEquallyLongRangeBefore()
    {
        var ask = Ask(Plain);

        Assert.Equal((ask.Whole.From.AddHours(-6), ask.Whole.From), (ask.Before.From, ask.Before.To));
        Assert.Equal(ask.Whole.Filters, ask.Before.Filters);
    }

    /// <summary>N21: looking back, the range ends at that moment, while retention and the fleet go by the present.</summary>
    [Fact]
    public void Whole_AsOfThePast_EndsThereAndKnowsNoMore()
    {
        var then = Now.AddHours(-3);

        var ask = Ask(Plain with { AsOf = then });

        Assert.Equal((then.AddHours(-6), then, Now, (DateTimeOffset?)then), (ask.Whole.From, ask.Whole.To, ask.Whole.Now, ask.Whole.AsOf));
        Assert.All(new[] { ask.Before, ask.Stepped, ask.BeforeStepped, ask.ErrorsStepped }, question => Assert.Equal(then, question.AsOf));
    }

    [Fact]
    public void Whole_RangeThatEndsLater_IsCutAtThatMoment()
    {
        var then = Now.AddHours(-3);

        var cut = Ask(Plain with { AsOf = then, Range = ExploreRange.Between(then.AddHours(-1), then.AddHours(1)) });
        var later = ExploreRange.Between(then.AddHours(1), then.AddHours(2));
        var moved = Ask(Plain with { AsOf = then, Range = later });

        Assert.Equal(then, cut.Whole.To);
        Assert.True(cut.Whole.From < then);
        Assert.Equal((then - later.Length, then), (moved.Whole.From, moved.Whole.To));
    }

    [Fact]
    public void Whole_AsOfTheFuture_IsThePresent() => Assert.Null(Ask(Plain with { AsOf = Now.AddHours(1) }).Whole.AsOf);

    [Theory]
    [InlineData("6h", 7)]
    [InlineData("7d", 7)]
    [InlineData("30d", 35)]
    public void Before_LastWeek_GoesBackAsManyWholeWeeksAsTheRangeIsLong(string range, int days)
    {
        var ask = Ask(Plain with { Range = ExploreRange.Parse(range, null, null)!, Against = new Comparison(ComparisonKind.LastWeek, FilterSet.Empty) });

        Assert.Equal(ask.Whole.From.AddDays(-days), ask.Before.From);
        Assert.True(ask.Before.To <= ask.Whole.From);
    }

    [Fact]
    public void Before_AnotherSegment_IsTheSameTimeWithItsValuesInPlaceOfTheFilters()
    {
        var ask = Ask(Plain with { Against = new Comparison(ComparisonKind.Segment, FilterSet.Parse(["app_version:2.4.1"])) });

        Assert.Equal((ask.Whole.From, ask.Whole.To), (ask.Before.From, ask.Before.To));
        Assert.Equal([new("app_version", "2.4.1"), new DimensionFilter("os", "ios")], ask.Before.Filters);
    }

    [Fact]
    public void Stepped_RangeThatMovesWithThePresent_BeginsWithAWholePoint()
    {
        var ask = Ask(Plain);

        Assert.Equal(TimeSpan.FromMinutes(5), ask.Stepped.Step);
        Assert.Equal(0, ask.Stepped.From.UtcTicks % TimeSpan.FromMinutes(5).Ticks);
        Assert.True(ask.Stepped.From >= ask.Whole.From);
    }

    [Fact]
    public void Stepped_RangeBetweenTwoMoments_IsDrawnAsItWasAsked()
    {
        var ask = Ask(Plain with { Range = ExploreRange.Parse(null, "2026-03-01T10:07Z", "2026-03-01T13:07Z")! });

        Assert.Equal(ask.Whole.From, ask.Stepped.From);
    }

    [Theory]
    [InlineData("2h", 1)]
    [InlineData("6h", 60)]
    [InlineData("90d", 1440)]
    public void ErrorsStepped_FromSixHoursOn_AskForWholeHours(string range, int minutes)
    {
        var step = TimeSpan.FromMinutes(minutes);
        var ask = Ask(Plain with { Range = ExploreRange.Parse(range, null, null)! });

        Assert.Equal(step, ask.ErrorsStepped.Step);
        Assert.Equal(0, ask.ErrorsStepped.From.UtcTicks % step.Ticks);
        if (minutes > 1)
            Assert.True(ask.ErrorsStepped.To >= ask.Whole.To);
    }

    [Fact]
    public void All_ClockOfArrival_AskByIt()
    {
        var ask = Ask(Plain with { Clock = VitalsClock.Arrival });

        Assert.All((VitalsQuery[])[ask.Whole, ask.Before, ask.Stepped, ask.BeforeStepped, ask.ErrorsStepped], query => Assert.Equal((VitalsClock.Arrival, Now), (query.Clock, query.Now)));
    }

    private static ExploreQuestions Ask(ExploreState state) => new(state, "notes", Now);
}
