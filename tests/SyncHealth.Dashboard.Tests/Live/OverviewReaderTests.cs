using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Live;

public sealed class OverviewReaderTests
{
    private readonly FakeReaders _readers = new();

    [Fact]
    public async Task ReadAsync_NoAppNamed_TakesTheFirst() =>
        Assert.Equal("notes", (await ReadAsync(State())).App!.Name);

    [Theory]
    [InlineData(-2, true)]
    [InlineData(2, false)]
    public async Task ReadAsync_NoRoundForTwoMinutes_IsUnwatched(int minutes, bool isUnwatched)
    {
        var readers = new FakeReaders { LastRound = TimeProvider.System.GetUtcNow().AddMinutes(minutes) };

        Assert.Equal(isUnwatched, (await ReadAsync(readers, State())).UnwatchedFor is not null);
    }

    [Fact]
    public async Task ReadAsync_UnknownApp_AsksNothingMoreAndOffersTheKnown()
    {
        var answers = await ReadAsync(State() with { App = "other" });

        Assert.Null(answers.App);
        Assert.Equal("notes", Assert.Single(answers.Apps).Name);
        Assert.Empty(_readers.Questions);
    }

    [Fact]
    public async Task ReadAsync_EveryQuestion_IsAsOfOneMomentOnTheSharedClockWithTheFilters()
    {
        await ReadAsync(State() with { Filters = FilterSet.Parse(["os:ios"]), By = Dimension.Network });

        Assert.All(_readers.Questions, query =>
        {
            Assert.Equal(Some.Now, query.Now);
            Assert.Equal([new DimensionFilter("os", "ios")], query.Filters);
        });
        Assert.Contains(_readers.Questions, query => query.Step is not null && query.By is ["network"]);
    }

    [Fact]
    public async Task ReadAsync_PreviousPeriod_IsAsLongAndEndsWhereThisOneBegins()
    {
        _readers.Total = query => Some.Point(at: query.From);

        var answers = await ReadAsync(State());

        Assert.Equal(Some.Now.AddHours(-1), answers.Total!.At);
        Assert.Equal(Some.Now.AddHours(-2), answers.Previous!.At);
        Assert.Contains(_readers.Questions, query => query.From == Some.Now.AddHours(-2) && query.To == Some.Now.AddHours(-1));
    }

    /// <summary>Once, for the whole range: in a large fleet they are the dearest part of a question.</summary>
    [Fact]
    public async Task ReadAsync_Devices_AreCountedForTheWholeRangeAlone()
    {
        _readers.Total = query => Some.Point(at: query.From) with { Devices = query.Parts.HasFlag(VitalsParts.Devices) ? 7 : null };

        Assert.Equal(7, (await ReadAsync(State() with { By = Dimension.Network })).Total!.Devices);

        var asked = Assert.Single(_readers.Questions, query => query.Parts.HasFlag(VitalsParts.Devices));
        Assert.Equal((Some.Now.AddHours(-1), Some.Now), (asked.From, asked.To));
    }

    [Fact]
    public async Task ReadAsync_NothingDropped_AsksForNoCause()
    {
        await ReadAsync(State());

        Assert.Null(_readers.CauseAsked);
    }

    [Fact]
    public async Task ReadAsync_SuccessDropped_AsksForItsCauseWithTheFilters()
    {
        _readers.Points = Some.Minutes(minute => minute >= 10 ? 30 : 1);
        _readers.Cause = Some.Cause([]);

        var answers = await ReadAsync(State() with { Filters = FilterSet.Parse(["os:ios"]) });

        Assert.Same(_readers.Cause, answers.Cause);
        Assert.Equal((Some.Now.AddMinutes(-50), Some.Now.AddMinutes(-50), Some.Now), (_readers.CauseAsked!.BeforeTo, _readers.CauseAsked.From, _readers.CauseAsked.To));
        Assert.Equal([new DimensionFilter("os", "ios")], _readers.CauseAsked.Filters);
    }

    [Fact]
    public async Task ReadAsync_AppWithBandsOfItsOwn_HasWorkAtRiskAfterItsStalenessTarget()
    {
        var options = new DashboardOptions { AppBands = new Dictionary<string, VitalBands> { ["notes"] = new() { Staleness = new BandLimits(600, 3600) } } };

        var answers = await new OverviewReader(_readers, _readers, _readers, _readers, _readers, _readers, new CauseShelf(_readers, new ManualTimeProvider(Some.Now)), new DeviceCountShelf(_readers, new ManualTimeProvider(Some.Now)), options, new ManualTimeProvider(Some.Now)).ReadAsync(State(), CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(10), answers.RiskAfter);
        Assert.Equal(Some.Now.AddMinutes(-10), _readers.WaitingSince);
    }

    /// <summary>N21: what was known then, of everything that can be known of then; nothing of the present stands beside it.</summary>
    [Fact]
    public async Task ReadAsync_AsOfAPastMoment_AsksAllOfThenAndNothingOfThePresent()
    {
        var then = Some.Now.AddHours(-9);
        _readers.Points = Some.Minutes(minute => minute >= 10 ? 30 : 1);
        _readers.Cause = Some.Cause([]);
        _readers.Alerts.Add(new AlertSummary("now", "notes", new Dictionary<string, string>(), "critical", "firing", Some.Now, 1, 2, "%", 3, 4, Some.Now));
        _readers.Past.Add(new AlertTransitionSummary("then", "notes", new Dictionary<string, string>(), "critical", "pending", "firing", then, "", "{}"));

        var answers = await ReadAsync(State() with { AsOf = then, By = Dimension.Os });

        Assert.Equal((then, true), (answers.Now, answers.IsPast));
        Assert.All(_readers.Questions, query => Assert.Equal((then, Some.Now), (query.AsOf!.Value, query.Now)));
        Assert.Contains(_readers.Questions, query => query.From == then.AddHours(-1) && query.To == then);
        Assert.Equal(then, _readers.PastAsked);
        Assert.Equal("then", Assert.Single(answers.PastAlerts).Rule);
        Assert.Empty(answers.Alerts);
        Assert.Equal((null, null), (_readers.CauseAsked, _readers.WaitingSince));
    }

    [Fact]
    public async Task ReadAsync_AsOfTheFuture_IsThePresent()
    {
        var answers = await ReadAsync(State() with { AsOf = Some.Now.AddMinutes(1) });

        Assert.Equal((Some.Now, false), (answers.Now, answers.IsPast));
        Assert.All(_readers.Questions, query => Assert.Null(query.AsOf));
    }

    private static OverviewState State() => new(null, TimeRange.Hour, null, FilterSet.Empty);

    private Task<OverviewAnswers> ReadAsync(OverviewState state) => ReadAsync(_readers, state);

    private static Task<OverviewAnswers> ReadAsync(FakeReaders readers, OverviewState state) =>
        new OverviewReader(readers, readers, readers, readers, readers, readers, new CauseShelf(readers, new ManualTimeProvider(Some.Now)), new DeviceCountShelf(readers, new ManualTimeProvider(Some.Now)), new DashboardOptions(), new ManualTimeProvider(Some.Now)).ReadAsync(state, CancellationToken.None);
}
