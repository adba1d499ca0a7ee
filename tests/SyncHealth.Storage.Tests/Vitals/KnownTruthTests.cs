using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Features N1, N5 and N18 over fleets of which the test knows what they did: what is reported is that, and not what arrived of it.</summary>
public sealed class KnownTruthTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>N1: a batch that is uploaded three days late is in its own hours on the event clock, to the attempt, and in this one on the arrival clock.</summary>
    [Fact]
    public async Task LateBatch_OfThreeDaysAgo_LandsInItsOwnHours()
    {
        var then = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        int[] perHour = [3, 0, 5];
        await _stage.CommitAsync(perHour.SelectMany((count, hour) => Enumerable.Range(0, count).Select(index => new Attempt(then.AddHours(hour).AddMinutes(7 * index)) { Received = Now.AddMinutes(-1) })));
        await _stage.FoldAsync();

        var question = _stage.Ask(TimeSpan.FromDays(4), TimeSpan.FromHours(1)) with { Parts = VitalsParts.None };
        var byEvent = (await _stage.ReadAsync(question)).Groups[0].Points.Where(point => point.Attempts > 0).ToArray();
        var byArrival = (await _stage.ReadAsync(question with { Clock = VitalsClock.Arrival })).Groups[0].Points.Where(point => point.Attempts > 0).ToArray();

        Assert.Equal([(then, 3L), (then.AddHours(2), 5L)], byEvent.Select(point => (point.At, point.Attempts)));
        Assert.Equal([(new DateTimeOffset(2026, 3, 4, 14, 0, 0, TimeSpan.Zero), 8L)], byArrival.Select(point => (point.At, point.Attempts)));
    }

    /// <summary>
    /// N5: a hundred devices take a release on which nothing can be sent any more, neither syncs nor reports. No success is claimed of it: it has no rate, its
    /// coverage and the rate among expected devices fall day by day to nothing, and the release beside it stays as it is.
    /// </summary>
    [Fact]
    public async Task Survivorship_ReleaseThatCannotSyncAtAll_FallsInCoverageAndIsNeverWell()
    {
        var start = Now.AddDays(-3);
        await _stage.CommitAsync(Enumerable.Range(0, 200).SelectMany(device => Enumerable.Range(1, 4).Select(day => new Attempt(start.AddDays(-day).AddMinutes(device)) { Device = device, Version = "1.0" })));
        // The last thing that is heard of the new release is that the app was opened once.
        await _stage.CommitAsync(Enumerable.Range(0, 100).Select(device => new Attempt(start.AddMinutes(device)) { Device = device, Version = "2.0", Type = SyncType.Open }));
        List<(double Coverage, double Fresh)> course = [];
        for (var day = 0; day < 3; day++)
        {
            var at = start.AddDays(day + 1).AddHours(-2);
            await _stage.CommitAsync(Enumerable.Range(100, 100).Select(device => new Attempt(at.AddMinutes(-device)) { Device = device, Version = "1.0" }));
            await _stage.FoldAsync();
            var groups = await new PresenceReader(_stage.DataSource).ReadAsync("notes", at, Day, ["app_version"], [], Token);
            var (old, broken) = (groups.Single(group => group.By["app_version"] == "1.0"), groups.Single(group => group.By["app_version"] == "2.0"));
            Assert.Equal((100L, 100.0, 100.0), (old.Expected, old.Coverage!.Value, old.Freshness!.Value));
            Assert.Equal(100, broken.Expected);
            course.Add((broken.Coverage!.Value, broken.Freshness!.Value));
        }

        Assert.Equal([100, 0, 0], course.Select(day => day.Coverage));
        Assert.Equal([0, 0, 0], course.Select(day => day.Fresh));
        var rates = await _stage.ReadAsync(_stage.Ask(TimeSpan.FromDays(3), by: "app_version") with { Parts = VitalsParts.None });
        Assert.DoesNotContain(rates.Groups, group => group.By["app_version"] == "2.0" && group.Points.Any(point => point.SuccessRate is not null));
    }

    /// <summary>N18: of a hundred devices that send sixty batches each, every tenth batch is lost on the way, at random places. The gap reported is a tenth, within a point.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Loss_TenthOfAllBatchesDropped_IsReportedAsATenth(int seed)
    {
        const int Devices = 100, Batches = 60, Events = 3;
        var random = new Random(seed);
        List<Attempt> arrived = [];
        long issued = 0, lost = 0;
        for (var device = 1; device <= Devices; device++)
        {
            var dropped = Enumerable.Range(0, Batches).OrderBy(_ => random.Next()).Take(Batches / 10).ToHashSet();
            for (var batch = 0; batch < Batches; batch++)
                for (var index = 0; index < Events; index++, issued++)
                    if (dropped.Contains(batch))
                        lost++;
                    else
                        arrived.Add(new Attempt(Now.AddMinutes(5 * (batch - Batches))) { Device = device, Seq = (batch * Events) + index + 1, Received = Now.AddMinutes(-1) });
        }

        await _stage.CommitAsync(arrived);
        var group = Assert.Single(await new DetectorReader(_stage.DataSource).CountAsync(new DetectorQuery { App = "notes", From = Now.AddHours(-6), At = Now }, Token));
        var gaps = await _stage.Gaps.ReadAsync("notes", Now, [], Token);

        Assert.Equal(10, 100.0 * lost / issued);
        Assert.InRange(group.TelemetryLoss!.Value, 9, 11);
        Assert.InRange(100.0 * gaps.Missing / gaps.Issued, 9, 11);
    }
}
