using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.Fleet.Tests.Support;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Fleet.Tests;

/// <summary>
/// Features N1, N5, N14, N18 and N19 over real engines, the real SDK, ingest and database: what is reported is what the devices did. Runs end when what they are about has
/// been seen, not at a time.
/// </summary>
[Trait("Suite", "Faults")]
public sealed class FleetTruthTests
{
    private const double Speed = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>N18: a tenth of what devices send is lost by the batch, and acknowledged all the same. The gap is what was lost, to the event, and its share within a point.</summary>
    [Fact]
    public async Task Run_TenthOfTheBatchesDropped_IsReportedAsATenth()
    {
        const int Enough = 800;
        await using var platform = await TruthPlatform.StartAsync(Speed);
        var (sent, lost) = (0L, 0L);
        var (waiting, arrived, gone) = (new HashSet<string>(), new HashSet<(string Device, long Seq)>(), new HashSet<(string Device, long Seq)>());
        var gate = new Lock();
        platform.IsLost = batch =>
        {
            if (batch.Count == 0)
                return false;
            lock (gate)
            {
                var (device, numbers) = (batch[0].Device, batch.Select(reported => (reported.Device, reported.Seq!.Value)));
                sent += batch.Count;
                // What is lost before a device's first report, or after its last, nobody can see.
                var isLost = sent <= Enough && lost + batch.Count <= sent / 10 && arrived.Any(known => known.Device == device);
                lost += isLost ? batch.Count : 0;
                (isLost ? gone : arrived).UnionWith(numbers);
                if (isLost)
                    waiting.Add(device);
                else
                    waiting.Remove(device);
                return isLost;
            }
        };

        await RunUntilAsync(platform, ScenarioCatalog.Steady, devices: 30, () =>
        {
            lock (gate)
                return sent > Enough && waiting.Count == 0;
        });

        var gaps = await platform.Get<GapReader>().ReadAsync(TruthPlatform.App, platform.Time.GetUtcNow(), [], Token);
        // A batch whose answer was not heard comes twice, and may arrive the second time.
        gone.ExceptWith(arrived);
        var truth = 100.0 * gone.Count / (gone.Count + arrived.Count);
        Assert.InRange(truth, 7, 10);
        Assert.Equal(gone.Count, gaps.Missing);
        Assert.InRange(100.0 * gaps.Missing / gaps.Issued, truth - 1, truth + 1);
    }

    /// <summary>N19: half of the phones are two years ahead. Every attempt stands where it happened, and nothing lies ahead of now.</summary>
    [Fact]
    public async Task Run_PhonesTwoYearsAhead_MoveNoWindow()
    {
        await using var platform = await TruthPlatform.StartAsync(Speed);
        var scenario = new Scenario("two years ahead") { Skews = [new ClockSkew(0.5, TimeSpan.FromDays(730))] };
        var start = platform.Time.GetUtcNow();
        var wrong = DeviceRoster.Create(platform.Options(20).Seed, 20).Where(device => scenario.SkewOf(device) > TimeSpan.Zero).Select(device => device.DeviceId).ToHashSet();

        await RunUntilAsync(platform, scenario, devices: 20, () => Attempts(wrong.Contains) > 30 && Attempts(device => !wrong.Contains(device)) > 30);

        var now = platform.Time.GetUtcNow();
        Assert.Equal(Attempts(_ => true), await AttemptsAsync(platform, start, now, now));
        Assert.Equal(0, await AttemptsAsync(platform, now.AddMinutes(5), now.AddYears(3), now));

        int Attempts(Func<string, bool> isCounted) => platform.Events.Count(reported => reported.IsAttempt && isCounted(reported.Device));
    }

    /// <summary>N14: a region is shut out and returns. Its rate falls and no other's does; the drain view shows its return, its backlog and how long that took.</summary>
    [Fact]
    public async Task Run_RegionalOutage_ShowsItsRegionItsReturnAndItsDrain()
    {
        await using var platform = await TruthPlatform.StartAsync(speed: 120);
        var outage = new Outage("ap-south", TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(46), TimeSpan.FromMinutes(4));
        var start = platform.Time.GetUtcNow();
        var inside = DeviceRoster.Create(platform.Options(20).Seed, 20).Where(device => device.Region == outage.Region).Select(device => device.DeviceId).ToHashSet();

        await RunUntilAsync(platform, new Scenario("outage") { Outage = outage }, devices: 20, () => platform.Events
            .Where(reported => reported.IsSuccess && reported.IsAttempt && reported.At > start + outage.Until + outage.Recovery && inside.Contains(reported.Device)).Select(reported => reported.Device).Distinct().Count() > inside.Count / 2);

        var now = platform.Time.GetUtcNow();
        var (from, until) = (start + outage.From + TimeSpan.FromMinutes(4), start + outage.Until);
        var rates = (await platform.Get<IVitalsReader>().ReadAsync(
            new VitalsQuery { App = TruthPlatform.App, From = from, To = until, Now = now, By = ["tag:region"], Parts = VitalsParts.None }, Token))!.Groups.ToDictionary(group => group.By["tag:region"], group => group.Points[0]);
        var course = await platform.Get<IDrainReader>().ReadAsync(new DetectorQuery { App = TruthPlatform.App, From = start, At = now, By = ["tag:region"] }, Token);
        var back = course.Groups.Single(group => group.By["tag:region"] == outage.Region);

        Assert.True(rates[outage.Region].SuccessRate < 10, $"{rates[outage.Region].SuccessRate} % inside.");
        Assert.All(rates.Where(rate => rate.Key != outage.Region), rate => Assert.True(rate.Value.SuccessRate > 70, $"{rate.Value.SuccessRate} % in {rate.Key}."));
        Assert.True(back.Devices > inside.Count / 2 && back.Backlog > 0, $"{back}");
        Assert.NotNull(back.DrainP90);
        Assert.True(course.Rush!.At >= (start + outage.Until).AddMinutes(-1), $"{course.Rush}");
    }

    /// <summary>
    /// N5: a release works, and then its devices reach nobody any more. No rate says so, for none is left: coverage and freshness do, and the other releases stay as they are.
    /// </summary>
    [Fact]
    public async Task Run_ReleaseThatIsLockedOut_FallsInCoverageAndClaimsNoSuccess()
    {
        const int Devices = 24;
        var within = TimeSpan.FromHours(1);
        await using var platform = await TruthPlatform.StartAsync(speed: 240);
        var lockout = new Lockout("2.5.0", TimeSpan.FromMinutes(60));
        var scenario = new Scenario("locked out") { Rollouts = [new Rollout(new Release(lockout.Version), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), 0.5)], Lockout = lockout };
        var shut = platform.Time.GetUtcNow() + lockout.From;
        var before = PresenceAtAsync(platform, shut - TimeSpan.FromMinutes(15), within);

        await RunUntilAsync(platform, scenario, Devices, () => platform.Events.Any(reported => reported.IsSuccess && reported.At > shut + TimeSpan.FromHours(3)));

        var inside = platform.Events.Where(reported => reported.Version == lockout.Version).Select(reported => reported.Device).ToHashSet();
        var then = (await before)[lockout.Version];
        var now = await PresenceAtAsync(platform, platform.Time.GetUtcNow(), within);
        Assert.True(inside.Count > Devices / 4 && then.Coverage > 60 && then.Freshness > 60, $"{inside.Count} devices, {then}");
        Assert.Equal((inside.Count, 0L, 0L), (now[lockout.Version].Expected, now[lockout.Version].Reporting, now[lockout.Version].Synced));
        Assert.All(now.Where(group => group.Key != lockout.Version), group => Assert.True(group.Value.Coverage > 60, $"{group.Value}"));
        // A cycle that began before may end after.
        var rates = await platform.Get<IVitalsReader>().ReadAsync(
            new VitalsQuery { App = TruthPlatform.App, From = shut + TimeSpan.FromMinutes(10), To = platform.Time.GetUtcNow(), Now = platform.Time.GetUtcNow(), By = ["app_version"], Parts = VitalsParts.None }, Token);
        Assert.NotEmpty(rates!.Groups);
        Assert.DoesNotContain(rates.Groups, group => group.By["app_version"] == lockout.Version && group.Points.Any(point => point.Attempts > 0));
    }

    /// <summary>
    /// N1: a phone is without a network for three days and used all the same. When it is back, what it did lies in the hours in which it did it, each attempt, and by
    /// arrival in the hour of its return.
    /// </summary>
    [Fact]
    public async Task Run_PhoneOfThreeDaysOffline_LandsInItsOwnHours()
    {
        await using var platform = await TruthPlatform.StartAsync(speed: 120);
        var start = platform.Time.GetUtcNow();
        var absence = new Absence(DeviceRoster.Create(platform.Options(1).Seed, 1)[0].Persona.Name, TimeSpan.FromMinutes(30), TimeSpan.FromDays(3));
        var (gone, back) = (start + absence.From, start + absence.Until);
        var pace = PaceAsync(platform.Time, gone, back);

        await RunUntilAsync(platform, new Scenario("three days") { Absence = absence }, devices: 1, () => platform.Events.Any(reported => reported.IsSuccess && reported.At > back));
        await pace;
        await platform.Get<FoldLoop>().FoldAsync(Token);

        var now = platform.Time.GetUtcNow();
        var (from, until) = (HourOf(start), HourOf(now).AddHours(1));
        var question = new VitalsQuery { App = TruthPlatform.App, From = from, To = until, Now = now, Step = TimeSpan.FromHours(1), Parts = VitalsParts.None };
        var byEvent = await HoursAsync(platform, question);
        var byArrival = await HoursAsync(platform, question with { Clock = VitalsClock.Arrival });
        Assert.Equal(platform.Events.Where(reported => reported.IsAttempt).GroupBy(reported => HourOf(reported.At)).ToDictionary(hour => hour.Key, hour => hour.LongCount()), byEvent);
        // An engine without a network tries only when its user asks for it.
        Assert.True(byEvent.Count(hour => hour.Key > gone && hour.Key < back.AddHours(-1)) >= 4, $"{byEvent.Count} hours.");
        Assert.DoesNotContain(byArrival.Keys, hour => hour > gone.AddHours(1) && hour < HourOf(back));
        Assert.Equal(byEvent.Values.Sum(), byArrival.Values.Sum());
    }

    /// <summary>Three days in half a minute while nothing leaves the phone; before and after as slowly as requests need that are real.</summary>
    private static async Task PaceAsync(FastTimeProvider time, DateTimeOffset gone, DateTimeOffset back)
    {
        foreach (var (at, speed) in new[] { (gone.AddMinutes(10), 6000.0), (back.AddHours(-4), 600), (back.AddMinutes(-20), 60) })
        {
            await Task.Delay(at - time.GetUtcNow(), time, Token);
            time.RunAt(speed);
        }
    }

    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, 0, 0, at.Offset);

    private static async Task<Dictionary<DateTimeOffset, long>> HoursAsync(TruthPlatform platform, VitalsQuery question) =>
        (await platform.Get<IVitalsReader>().ReadAsync(question, Token))!.Groups.SelectMany(group => group.Points).Where(point => point.Attempts > 0).ToDictionary(point => point.At, point => point.Attempts);

    /// <summary>Who is heard of, by release, at a moment of the fleet's time.</summary>
    private static async Task<Dictionary<string, PresenceGroup>> PresenceAtAsync(TruthPlatform platform, DateTimeOffset at, TimeSpan within)
    {
        var wait = at - platform.Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, platform.Time, Token);
        return (await platform.Get<PresenceReader>().ReadAsync(TruthPlatform.App, platform.Time.GetUtcNow(), within, ["app_version"], [], Token)).ToDictionary(group => group.By["app_version"]);
    }

    private static async Task RunUntilAsync(TruthPlatform platform, Scenario scenario, int devices, Func<bool> isSeen)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(Patience);
        await FleetRunner.RunAsync(platform.Options(devices), scenario, platform.Time, new StopWhen(isSeen, stop), stop.Token);
        Assert.True(isSeen(), $"{scenario.Name}: not seen among {platform.Events.Count} events.");
    }

    private static async Task<long> AttemptsAsync(TruthPlatform platform, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        (await platform.Get<IVitalsReader>().ReadAsync(new VitalsQuery { App = TruthPlatform.App, From = from, To = to, Now = now, Parts = VitalsParts.None }, Token))!.Groups.Sum(group => group.Points.Sum(point => point.Attempts));
}
