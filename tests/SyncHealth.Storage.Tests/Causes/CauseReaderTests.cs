using SyncHealth.Contracts;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Causes;

/// <summary>Drops with one known cause, from events to the name.</summary>
public sealed class CauseReaderTests : IAsyncLifetime
{
    /// <summary>Thirty-three to each of three cohorts, and fifty to each system.</summary>
    private const int Devices = 100;

    private static readonly string[] Cohorts = ["alpha", "beta", "gamma"];

    private VitalsStage _stage = null!;

    private static DateTimeOffset Drop { get; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Read_OneVersionOverCellularFails_NamesBothAndTheError()
    {
        await CommitAsync(attempt => attempt is { Version: "2.5.0", Network: "cellular" });

        var answer = await ReadAsync();

        var cause = answer.Explanation.Causes[0];
        Assert.Equal("app_version 2.5.0, network cellular", cause.Segment.Name);
        Assert.Equal(CauseKind.GotWorse, cause.Kind);
        Assert.InRange(cause.Explained, 0.9, 1.1);
        Assert.Equal("server:http_503", Assert.Single(answer.Explanation.ErrorCodes).Code.Code);
        Assert.Equal(["app_version", "os", "network"], answer.Dimensions);
    }

    /// <summary>Half of the devices update when the drop begins: the release has no hours before it.</summary>
    [Fact]
    public async Task Read_NewVersionOverCellularFails_NamesTheTwoTogetherAsNew()
    {
        await CommitAsync(
            attempt => attempt is { Version: "2.6.0", Network: "cellular" },
            attempt => attempt.At >= Drop && attempt.Version == "2.5.0" ? attempt with { Version = "2.6.0" } : attempt);

        var cause = Assert.Single((await ReadAsync()).Explanation.Causes);

        Assert.Equal((CauseKind.New, "app_version 2.6.0, network cellular"), (cause.Kind, cause.Segment.Name));
        Assert.InRange(cause.Explained, 0.9, 1.1);
        Assert.InRange(cause.RateBefore!.Value, 0.01, 0.03);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_OneValueOfThePromotedTagFails_NamesItFromRollupsAndFromRawEvents(bool inRollups)
    {
        await _stage.PromoteAsync("cohort", inRollups ? Drop.AddDays(-1) : Drop);
        await CommitAsync(attempt => attempt.Cohort == "gamma");

        var answer = await ReadAsync();

        Assert.Equal("tag:cohort gamma", Assert.Single(answer.Explanation.Causes).Segment.Name);
        Assert.Equal(["app_version", "os", "network", "tag:cohort"], answer.Dimensions);
        Assert.InRange(answer.Explanation.Causes[0].Segment.Now.Devices, 30, 36);
    }

    [Fact]
    public async Task Read_EverythingFailsAlike_NamesNoSegment()
    {
        await CommitAsync(_ => true);

        var answer = await ReadAsync();

        Assert.Empty(answer.Explanation.Causes);
        Assert.True(answer.HasSample);
        Assert.True(answer.Explanation.Change > 0.5);
    }

    [Fact]
    public async Task Read_NothingChanged_ExplainsNothing()
    {
        await CommitAsync(_ => false);

        var answer = await ReadAsync();

        Assert.Empty(answer.Explanation.Causes);
        Assert.Empty(answer.Explanation.ErrorCodes);
        Assert.Equal(0, answer.Explanation.Change);
    }

    [Fact]
    public async Task Read_Counts_AreThoseOfTheVitalSignsInWholeHours()
    {
        await CommitAsync(attempt => attempt.Version == "2.5.0");
        var vitals = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.Zero) with { From = Drop, To = Drop.AddHours(3) });

        var answer = await ReadAsync();

        Assert.Equal((Drop, Drop.AddHours(3)), (answer.From, answer.To));
        Assert.Equal((Drop.AddHours(-3), Drop), (answer.BeforeFrom, answer.BeforeTo));
        Assert.Equal(new CauseCounts(vitals.Attempts, vitals.Attempts - vitals.Successes, vitals.Devices!.Value), answer.Now);
    }

    [Fact]
    public async Task Read_Filtered_LooksOnlyThere()
    {
        await CommitAsync(attempt => attempt is { Version: "2.5.0", Network: "cellular" });

        var answer = await ReadAsync(new DimensionFilter("app_version", "2.5.0"));

        Assert.Equal("network cellular", answer.Explanation.Causes[0].Segment.Name);
    }

    [Fact]
    public async Task Read_FewDevicesInRetryLoops_AreNoCause()
    {
        // Three devices of android fail two hundred times each: many failures, three observations.
        await CommitAsync(_ => false);
        await _stage.CommitAsync(Enumerable.Range(0, 600).Select(index => Attempt(index % 3 * 2, Drop.AddMinutes(1 + (index % 120))) with
        {
            Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503", Received = _stage.Now,
        }));
        await _stage.FoldAsync();

        Assert.Empty((await ReadAsync()).Explanation.Causes);
    }

    [Fact]
    public async Task Read_UnknownApp_IsNull() =>
        Assert.Null(await new CauseReader(_stage.DataSource).ReadAsync(Query() with { App = "other" }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Read_EmptyStretch_SaysSo() => await Assert.ThrowsAsync<VitalsQueryException>(() =>
        new CauseReader(_stage.DataSource).ReadAsync(Query() with { BeforeFrom = Drop }, TestContext.Current.CancellationToken));

    /// <summary>Three hours before and two after, half an hour apart; one attempt in fifty fails anyhow.</summary>
    private async Task CommitAsync(Func<Attempt, bool> breaks, Func<Attempt, Attempt>? update = null)
    {
        var attempts =
            from round in Enumerable.Range(-6, 10)
            from device in Enumerable.Range(0, Devices)
            let first = Attempt(device, Drop.AddMinutes((30 * round) + (device % 29)))
            let attempt = update is null ? first : update(first)
            let broken = attempt.At >= Drop && breaks(attempt)
            select broken || (device + round + 6) % 50 == 0
                ? attempt with { Outcome = SyncOutcome.Failure, Error = broken ? SyncErrorKind.Server : SyncErrorKind.Offline, Code = broken ? "http_503" : null, Received = _stage.Now }
                : attempt with { Received = _stage.Now };
        await _stage.CommitAsync(attempts);
        await _stage.FoldAsync();
    }

    private static Attempt Attempt(int device, DateTimeOffset at) => new(at)
    {
        Device = (device + 1) * 0x1F3D5B79A1C3E5,
        Version = device % 2 == 0 ? "2.4.1" : "2.5.0",
        Os = device % 4 < 2 ? "android" : "ios",
        Network = at.Minute < 30 ? "wifi" : "cellular",
        Cohort = Cohorts[device % Cohorts.Length],
    };

    private async Task<CauseAnswer> ReadAsync(params DimensionFilter[] filters)
    {
        var answer = await new CauseReader(_stage.DataSource).ReadAsync(Query() with { Filters = filters }, TestContext.Current.CancellationToken);
        Assert.NotNull(answer);
        return answer;
    }

    private CauseQuery Query() => new()
    {
        App = "notes", BeforeFrom = Drop.AddHours(-3), BeforeTo = Drop.AddMinutes(10), From = Drop.AddMinutes(10), To = _stage.Now, Now = _stage.Now,
    };
}
