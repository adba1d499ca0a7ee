using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Networks;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.Fleet.Tests.Support;
using Xunit;

namespace SyncHealth.Fleet.Tests;

/// <summary>
/// What each scenario does to real engines, in a shorter form than it ships: a run ends when what it is about has been seen, not at a time, so that a slow
/// machine only takes longer.
/// </summary>
public sealed class FleetScenarioTests
{
    private const int Devices = 20;

    /// <summary>Minutes of the fleet's time that a stall of the machine may take.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Run_RenamedDeletion_IsRefusedPieceByPieceAndBlocksNothing()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("poison") { Rollouts = [new Rollout(new Release("2.5.0", Defect.RenamedDeletion), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), 1)] };

        await RunUntilAsync(platform, scenario, () => Refused(platform).Any(refused => platform.Events.Any(later =>
            later.Device == refused.Device && later.At > refused.At && later is { IsAttempt: true, Outcome: "success", Rejected: 0 })));

        Assert.All(Refused(platform), refused => Assert.Equal(("2.5.0", "partial"), (refused.Version, refused.Outcome)));
    }

    [Fact]
    public async Task Run_Silence_EndsThatModelAndNoOther()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 240);
        var model = Roster(platform)[0].Model;
        var scenario = new Scenario("silence") { Silence = new Silence(model, TimeSpan.FromMinutes(6)) };
        var silent = Roster(platform).Where(device => device.Model == model).Select(device => device.DeviceId).ToHashSet();
        var start = platform.Time.GetUtcNow();
        var heard = start + scenario.Silence.At + Margin + Margin;

        await RunUntilAsync(platform, scenario, () => platform.Events.Any(reported => reported.At > heard));

        Assert.NotEqual(Devices, silent.Count);
        Assert.DoesNotContain(platform.Events, reported => silent.Contains(reported.Device) && reported.At > start + scenario.Silence.At + Margin);
    }

    [Fact]
    public async Task Run_WrongClocks_SyncAllTheSameAndSayTheirOwnTime()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("clocks") { Skews = [new ClockSkew(0.5, TimeSpan.FromDays(730))] };
        var wrong = Roster(platform).Where(device => scenario.SkewOf(device) > TimeSpan.Zero).Select(device => device.DeviceId).ToHashSet();
        var start = platform.Time.GetUtcNow();

        await RunUntilAsync(platform, scenario, () => platform.Events.Where(reported => reported.IsSuccess).Select(reported => reported.Device).Distinct()
            .CountBy(wrong.Contains).All(side => side.Value > 3) && platform.Events.Any(reported => reported.IsSuccess && wrong.Contains(reported.Device)));

        Assert.All(platform.Events, reported => Assert.Equal(wrong.Contains(reported.Device), reported.At > start + TimeSpan.FromDays(700)));
    }

    [Fact]
    public async Task Run_Absence_IsWithoutANetworkAndEndsWithAReturn()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("absence") { Absence = new Absence("office", TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(46)) };
        var away = Roster(platform).Where(device => device.Persona.Name == "office").Select(device => device.DeviceId).ToHashSet();
        var (from, until) = (platform.Time.GetUtcNow() + scenario.Absence.From, platform.Time.GetUtcNow() + scenario.Absence.Until);

        await RunUntilAsync(platform, scenario, () => platform.Events.Any(reported =>
            away.Contains(reported.Device) && reported.At > until && reported is { Trigger: "reconnect", IsSuccess: true }));

        // The fleet's own clock starts when the runner does, later than this one was read, and a cycle that was under way may still end.
        var within = platform.Events.Where(reported => away.Contains(reported.Device) && reported.At > from + Margin && reported.At < until - Margin).ToList();
        Assert.DoesNotContain(within, reported => reported.IsSuccess);
        Assert.Contains(within, reported => !reported.IsAttempt);
    }

    [Fact]
    public async Task Run_Wave_FetchesTheWholeNotebookAtTheFirstSync()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var wave = new Wave(0.5, TimeSpan.FromDays(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3));
        var staff = Roster(platform).Skip(1).Where(device => device.Fate < wave.Share).Select(device => device.DeviceId).ToHashSet();

        await RunUntilAsync(platform, new Scenario("before the wave") { Wave = wave }, () => platform.Events.Sum(reported => reported.Pushed) > 1_500);
        Assert.DoesNotContain(platform.Events, reported => staff.Contains(reported.Device));
        await RunUntilAsync(platform, new Scenario("wave") { Wave = wave with { From = TimeSpan.Zero } }, () => platform.Events.Any(reported =>
            staff.Contains(reported.Device) && reported is { Type: "full", Pulled: > 1_000, IsSuccess: true }));
    }

    [Fact]
    public async Task Run_Storm_MakesConflictsOfBothStrategies()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("storm") { Storm = new Storm(TeamSize: 4, TimeSpan.FromMinutes(4), TimeSpan.FromHours(4), Busier: 8) };

        await RunUntilAsync(platform, scenario, () => platform.Events.SelectMany(reported => reported.Strategies).Distinct().Count() == 2);

        Assert.Equal(["lww", "merge"], platform.Events.SelectMany(reported => reported.Strategies).Distinct().Order());
    }

    [Fact]
    public async Task Run_LieFi_TimesOutOnNetworksThatLookAlive()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("lie-fi") { Habits = Persona.All.ToDictionary(persona => persona.Name, _ => new NetworkHabit(0.2, 0, 0.8, 0)) };

        await RunUntilAsync(platform, scenario, () => platform.Events.Any(reported => reported is { ErrorKind: "timeout", Network: "wifi" or "cellular" }));
    }

    [Fact]
    public async Task Run_FieldService_PhotosWaitForTheDepotAndEditsDoNot()
    {
        await using var platform = await FleetPlatform.StartAsync(speed: 300);
        var scenario = new Scenario("field-service")
        {
            Field = new FieldService(Share: 1, CrewSize: 4, TimeSpan.FromMinutes(40), TimeSpan.FromDays(1)),
            Habits = new Dictionary<string, NetworkHabit> { [FieldService.Cohort] = new(0, 1, 0, 0) },
        };
        var back = platform.Time.GetUtcNow() + scenario.Field.BackAt;

        await RunUntilAsync(platform, scenario, () =>
            platform.Events.Any(reported => reported is { Network: "cellular", IsSuccess: true, Pushed: > 0 } && reported.Deferred.Contains("metered"))
            && platform.Events.Any(reported => reported.At > back && reported is { Network: "wifi", IsSuccess: true, Pushed: > 0, Queued: 0 }));

        Assert.All(platform.Events.Where(reported => reported.At > back && reported.Network == "wifi"), reported => Assert.DoesNotContain("metered", reported.Deferred));
    }

    private static List<ReportedEvent> Refused(FleetPlatform platform) => [.. platform.Events.Where(reported => reported.Rejected > 0)];

    private static IReadOnlyList<DeviceProfile> Roster(FleetPlatform platform) => DeviceRoster.Create(platform.Options().Seed, Devices);

    private static async Task RunUntilAsync(FleetPlatform platform, Scenario scenario, Func<bool> isSeen)
    {
        using var stop = new CancellationTokenSource(Patience);
        await FleetRunner.RunAsync(platform.Options(fleet => fleet.Devices = Devices), scenario, platform.Time, new StopWhen(isSeen, stop), stop.Token);
        Assert.True(isSeen(), $"{scenario.Name}: not seen among {platform.Events.Count} events.");
    }
}
