using SyncHealth.Fleet.Behaviour;
using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Networks;
using Xunit;

namespace SyncHealth.Fleet.Tests.Devices;

/// <summary>The same seed is the same fleet: devices, networks, and everything that people do.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void SameSeed_SameDevicesNetworksAndSteps() => Assert.Equal(Schedule(seed: 7), Schedule(seed: 7));

    [Fact]
    public void OtherSeed_OtherFleet() => Assert.NotEqual(Schedule(seed: 7), Schedule(seed: 8));

    [Fact]
    public void Fleet_GrownByDevices_KeepsTheFirstOnes() =>
        Assert.Equal(DeviceRoster.Create(seed: 7, devices: 20), DeviceRoster.Create(seed: 7, devices: 200).Take(20));

    [Fact]
    public void Timeline_AskedInAnyOrder_AnswersTheSame()
    {
        var habit = Persona.All[1].Habit;
        var moments = Enumerable.Range(0, 200).Select(minute => TimeSpan.FromMinutes(minute)).ToArray();
        var forwards = new NetworkTimeline(habit, new Random(3));
        var backwards = new NetworkTimeline(habit, new Random(3));
        backwards.At(moments[^1]);

        Assert.Equal(moments.Select(forwards.At), moments.Select(backwards.At));
    }

    [Fact]
    public void Roster_MixesVersionsSystemsRegionsAndAccounts()
    {
        var devices = DeviceRoster.Create(seed: 1, devices: 200);

        Assert.Equal(200, devices.Select(device => device.DeviceId).Distinct().Count());
        Assert.Equal(3, devices.Select(device => device.Installed.Version).Distinct().Count());
        Assert.Equal(2, devices.Select(device => device.Os).Distinct().Count());
        Assert.Equal(3, devices.Select(device => device.Region).Distinct().Count());
        Assert.InRange(devices.GroupBy(device => device.Account).Count(account => account.Count() > 1), 40, 80);
    }

    private static List<object> Schedule(int seed) =>
    [
        .. DeviceRoster.Create(seed, devices: 10).SelectMany(profile =>
        {
            var timeline = new NetworkTimeline(profile.Persona.Habit, Seeds.For(seed, profile.Number, SeedPurpose.Timeline));
            var script = new DeviceScript(Seeds.For(seed, profile.Number, SeedPurpose.Script), profile.FirstOpen, TimeSpan.FromHours(12), profile.Persona.ImportsEvery);
            return new object[] { profile }
                .Concat(Enumerable.Range(0, 100).Select(minute => timeline.At(TimeSpan.FromMinutes(minute))))
                .Concat(script.Steps().Take(100));
        }),
    ];
}
