using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.WebUtilities;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class ExploreStateTests
{
    private static readonly ExploreState Plain = ExploreState.Default(TimeRange.SixHours);

    [Fact]
    public void ToAddress_AnyState_ReadsBackAsTheSame()
    {
        var text = Gen.Elements("notes", "a b", "ü&=?#", "2.5.0+build:7", "%00", "<img src=x>", "").Or(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => Clean(value.Get)));
        var dimensions = Gen.Elements("app_version", "os_version", "network", "trigger", "error_kind", "tag:cohort");
        var filters = Gen.ListOf(from dimension in dimensions from value in text select new DimensionFilter(dimension, value), 4).Select(FilterSet.Of);
        var ranges = Gen.Elements(
            ExploreRange.Parse("6h", null, null)!, ExploreRange.Parse("90d", null, null)!, ExploreRange.Parse(null, "2026-03-04T12:00Z", "2026-03-04T13:30Z")!);
        var comparisons =
            from kind in Gen.Elements(Comparison.All.Select(entry => entry.Kind).ToArray())
            from other in filters
            select new Comparison(kind, kind == ComparisonKind.Segment ? other : FilterSet.Empty);
        var states =
            from app in text
            from metric in Gen.Elements(Metric.All.ToArray())
            from range in ranges
            from step in Gen.Elements(ExploreStep.All.Append(null).ToArray())
            from grouping in Gen.Elements(Dimension.All.Append(null).Append(Dimension.FindAny("tag:cohort")).ToArray())
            from set in filters
            from clock in Gen.Elements(VitalsClock.Event, VitalsClock.Arrival)
            from against in comparisons
            from whole in ranges.Select(value => (ExploreRange?)value).Or(Gen.Constant((ExploreRange?)null))
            from asOf in Gen.Elements<DateTimeOffset?>(null, new DateTimeOffset(2026, 3, 4, 15, 7, 0, TimeSpan.Zero))
            select new ExploreState(app.Length == 0 ? null : app, metric, range, step, grouping, set, clock, against) { Whole = whole, AsOf = asOf };

        Prop.ForAll(states.ToArbitrary(), state => Read(state.ToAddress()) == state)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Parse_NonsenseParameters_FallBackToTheDefaults() => Assert.Equal(
        Plain,
        ExploreState.Parse(
            new ExploreParameters
            {
                App = "", Metric = "happiness", Range = "99y", From = "yesterday", To = "now", Step = "7s", By = "colour", Filters = ["nonsense", ":", null], Clock = "wall", Whole = "a/b/c", AsOf = "then", Against = "them", Other = ["os:ios"],
            },
            TimeRange.SixHours));

    [Fact]
    public void Between_ZoomedTwice_LeadsBackToTheFirstRange()
    {
        var at = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        var zoomed = Plain.Between(at, at.AddHours(2)).Between(at.AddMinutes(30), at.AddMinutes(50));

        Assert.Equal("/explore?from=2026-03-04T12:30Z&to=2026-03-04T12:50Z&whole=6h", zoomed.ToAddress());
        Assert.Equal(Plain, zoomed.Unzoomed);
        Assert.Null(Plain.Unzoomed);
    }

    [Fact]
    public void Between_ShorterThanAnythingShows_IsWidened()
    {
        var at = new DateTimeOffset(2026, 3, 4, 12, 0, 30, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromMinutes(5), Plain.Between(at, at.AddMinutes(1)).Range.Length);
    }

    [Fact]
    public void With_GroupedDimensionFixedToOneValue_MakesRoomForTheNextSplit()
    {
        var grouped = Plain with { By = Dimension.Network };

        Assert.Null(grouped.With(FilterSet.Of([new("network", "cellular")])).By);
        Assert.Equal(Dimension.Network, grouped.With(FilterSet.Of([new("network", "cellular"), new("network", "wifi")])).By);
        Assert.Equal(Dimension.Network, grouped.With(FilterSet.Of([new("os", "ios")])).By);
    }

    [Theory]
    [InlineData("1h", "1m", "1m")]
    [InlineData("30d", "1m", "1d")]
    [InlineData("30d", "6h", "6h")]
    [InlineData("1h", "1d", "1m")]
    [InlineData("24h", null, "15m")]
    [InlineData("90d", null, "1d")]
    public void EffectiveStep_ChosenOneThatDoesNotFit_GivesWay(string range, string? chosen, string used) =>
        Assert.Equal(used, (Plain with { Range = ExploreRange.Parse(range, null, null)!, Step = ExploreStep.Find(chosen) }).EffectiveStep.Code);

    [Theory]
    [InlineData("5m", "last 5 minutes")]
    [InlineData("1h", "last hour")]
    [InlineData("6h", "last 6 hours")]
    [InlineData("1d", "last day")]
    [InlineData("90d", "last 90 days")]
    public void Words_OfARange_ReadAfterInThe(string code, string words) => Assert.Equal(words, ExploreRange.Parse(code, null, null)!.Words);

    [Theory]
    [InlineData("4m", null, null)]
    [InlineData("401d", null, null)]
    [InlineData("0h", null, null)]
    [InlineData("6H", null, null)]
    [InlineData(null, "2026-03-04T12:00Z", "2026-03-04T12:00Z")]
    [InlineData(null, "2026-03-05T12:00Z", "2026-03-04T12:00Z")]
    [InlineData(null, "0001-01-01T00:00Z", "9999-12-31T00:00Z")]
    [InlineData(null, "2020-01-01T00:00Z", "2026-01-01T00:00Z")]
    public void Parse_RangeOutOfBounds_IsNone(string? code, string? from, string? to) => Assert.Null(ExploreRange.Parse(code, from, to));

    [Fact]
    public void Of_Overview_TakesAppRangeGroupingAndFiltersAlong()
    {
        var overview = new OverviewState("notes", TimeRange.QuarterHour, Dimension.Os, FilterSet.Parse(["network:wifi"])) { AsOf = new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero) };

        Assert.Equal("/explore?range=15m&app=notes&metric=queue_p99&by=os&filter=network%3Awifi&asOf=2026-03-04T09%3A00Z", ExploreState.Of(overview, Metric.Find("queue_p99")!).ToAddress());
    }

    /// <summary>What no address can carry: a lone surrogate.</summary>
    private static string Clean(string text) => new([.. text.Where(character => !char.IsSurrogate(character))]);

    private static ExploreState Read(string address)
    {
        var query = QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]);
        string? One(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;
        string?[] Many(string name) => query.TryGetValue(name, out var values) ? [.. values] : [];
        return ExploreState.Parse(
            new ExploreParameters
            {
                App = One("app"), Metric = One("metric"), Range = One("range"), From = One("from"), To = One("to"), Step = One("step"), Whole = One("whole"), By = One("by"),
                Filters = Many("filter"), Clock = One("clock"), AsOf = One("asOf"), Against = One("vs"), Other = Many("other"),
            },
            TimeRange.Week);
    }
}
