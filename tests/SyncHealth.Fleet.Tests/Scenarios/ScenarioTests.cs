using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Networks;
using SyncHealth.Fleet.Scenarios;
using Xunit;

namespace SyncHealth.Fleet.Tests.Scenarios;

public sealed class ScenarioTests
{
    private static readonly Release Installed = new("2.4.1");

    private static readonly IReadOnlyList<DeviceProfile> Roster = DeviceRoster.Create(seed: 3, devices: 800);

    [Theory]
    [InlineData(0.1, 30, "2.4.1")]
    [InlineData(0.1, 80, "2.5.0")]
    [InlineData(0.1, 240, "2.5.1")]
    [InlineData(0.9, 240, "2.4.1")]
    public void BadRelease_ReachesHalfTheFleetAndIsReplaced(double eagerness, int minute, string version) =>
        Assert.Equal(version, ScenarioCatalog.BadRelease.ReleaseAt(Installed, eagerness, TimeSpan.FromMinutes(minute)).Version);

    [Theory]
    [InlineData(69, 1)]
    [InlineData(70, 0)]
    [InlineData(129, 0)]
    [InlineData(137.5, 0.5)]
    [InlineData(145, 1)]
    [InlineData(600, 1)]
    public void RegionalOutage_ShutsForAnHourAndOpensSlowly(double minute, double passing) =>
        Assert.Equal(passing, ScenarioCatalog.RegionalOutage.Outage!.PassingAt(TimeSpan.FromMinutes(minute)), 1e-9);

    [Fact]
    public void RegionalOutage_IsThatOfOneRegionAndChangesNoVersion()
    {
        Assert.NotNull(ScenarioCatalog.RegionalOutage.OutageOf("ap-south"));
        Assert.Null(ScenarioCatalog.RegionalOutage.OutageOf("eu-west"));
        Assert.Null(ScenarioCatalog.BadRelease.OutageOf("ap-south"));
        Assert.Equal(Installed, ScenarioCatalog.RegionalOutage.ReleaseAt(Installed, 0, TimeSpan.FromMinutes(100)));
    }

    [Fact]
    public void Steady_ChangesNothing()
    {
        Assert.Equal(Installed, ScenarioCatalog.Steady.ReleaseAt(Installed, 0, TimeSpan.FromDays(1)));
        Assert.All(Roster, device =>
        {
            Assert.Equal(device, ScenarioCatalog.Steady.Cast(device));
            Assert.Equal((TimeSpan.Zero, null), (ScenarioCatalog.Steady.SkewOf(device), ScenarioCatalog.Steady.SilentFrom(device)));
        });
    }

    [Fact]
    public void SilentDevices_AreThoseOfOneModel()
    {
        var silent = Roster.Where(device => ScenarioCatalog.SilentDevices.SilentFrom(device) is not null).ToList();

        Assert.InRange(silent.Count, Roster.Count / 20, Roster.Count / 8);
        Assert.Equal("Redmi Note 12", Assert.Single(silent.Select(device => device.Model).Distinct()));
    }

    [Fact]
    public void WrongClocks_AreSharesOfTheFleet()
    {
        var skews = Roster.Select(ScenarioCatalog.WrongClocks.SkewOf).CountBy(skew => skew).ToDictionary();

        Assert.Equal(5, skews.Count);
        Assert.InRange(skews[TimeSpan.Zero], Roster.Count * 0.82, Roster.Count * 0.92);
        Assert.InRange(skews[TimeSpan.FromDays(2 * 365)], Roster.Count * 0.02, Roster.Count * 0.06);
    }

    [Fact]
    public void FirstSync_TakesTwoFifthsOfTheFleetToOneNotebookWithinTenMinutes()
    {
        var staff = Roster.Select(ScenarioCatalog.FirstSync.Cast).Where(device => device.FirstOpen >= TimeSpan.FromMinutes(60)).ToList();

        Assert.InRange(staff.Count, Roster.Count * 0.35, Roster.Count * 0.45);
        Assert.All(staff, device => Assert.InRange(device.FirstOpen, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(70)));
        Assert.Equal(ScenarioCatalog.FirstSync.Cast(Roster[0]).Account, Assert.Single(staff.Select(device => device.Account).Distinct()));
    }

    [Fact]
    public void OnTheRoad_MakesThreeInTenTechniciansInCrewsOfTheirOwn()
    {
        var cast = Roster.Select(ScenarioCatalog.OnTheRoad.Cast).ToList();
        var technicians = cast.Where(device => ScenarioCatalog.OnTheRoad.FieldOf(device.Persona) is not null).ToList();

        Assert.InRange(technicians.Count, Roster.Count * 0.25, Roster.Count * 0.35);
        Assert.All(technicians, device => Assert.StartsWith("crew-", device.Account, StringComparison.Ordinal));
        Assert.DoesNotContain(cast.Except(technicians), device => device.Account.StartsWith("crew-", StringComparison.Ordinal) || device.Persona.Name == FieldService.Cohort);
        Assert.Contains(technicians.CountBy(device => device.Account), crew => crew.Value > 1);
    }

    [Fact]
    public void OnTheRoad_EveningIsOnTheDepotsNetworkWhateverTheDayWas()
    {
        var day = ScenarioCatalog.OnTheRoad.Field!;
        var timeline = new NetworkTimeline(new NetworkHabit(0, 0.9, 0, 0.1), new Random(5), field: day);

        for (var at = TimeSpan.Zero; at < day.BackAt; at = timeline.At(at).Until)
            Assert.True(timeline.At(at) is { Kind: LinkKind.Cellular or LinkKind.Offline } link && link.Until <= day.BackAt);
        Assert.Equal((LinkKind.Wifi, false, day.LeaveAt), (timeline.At(day.BackAt).Kind, timeline.At(day.BackAt).State.IsMetered, timeline.At(day.BackAt).Until));
        Assert.NotEqual(LinkKind.Wifi, timeline.At(day.LeaveAt).Kind);
    }

    [Fact]
    public void Names_EachIsDocumented()
    {
        var checkout = Environment.GetEnvironmentVariable("SYNCHEALTH_TEST_CHECKOUT");
        Assert.False(string.IsNullOrEmpty(checkout), "SYNCHEALTH_TEST_CHECKOUT is not set; ./synchealth test sets it.");
        var page = File.ReadAllLines(Path.Combine(checkout, "docs", "scenarios.md"));

        Assert.Equal(12, ScenarioCatalog.Names.Count);
        Assert.Equal(ScenarioCatalog.Names.Order(), page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).Order());
    }

    [Fact]
    public void ConflictStorm_PutsEightDevicesOnEachAccountAndEverySecondTeamMerges()
    {
        var teams = Roster.Select(ScenarioCatalog.ConflictStorm.Cast).GroupBy(device => device.Account).ToList();

        Assert.All(teams, team => Assert.Equal(8, team.Count()));
        Assert.All(teams, team => Assert.Single(team.Select(device => device.IsMerging).Distinct()));
        Assert.Equal(teams.Count / 2, teams.Count(team => team.First().IsMerging));
    }
}
