using SyncHealth.Fleet.Behaviour;
using Xunit;

namespace SyncHealth.Fleet.Tests.Behaviour;

public sealed class DeviceScriptTests
{
    [Fact]
    public void Steps_ComeInOrderAndBeginWithAnOpenedApp()
    {
        var steps = Script(seed: 1, importsEvery: TimeSpan.FromHours(1)).Take(1000).ToArray();

        Assert.Equal(DeviceAction.Open, steps[0].Action);
        Assert.Equal(steps.Select(step => step.At).Order(), steps.Select(step => step.At));
    }

    [Fact]
    public void Steps_OverADay_LeaveNoHourWithoutSessionsAndTheAfternoonBusiest()
    {
        var hours = Enumerable.Range(0, 200)
            .SelectMany(seed => Script(seed, importsEvery: null).TakeWhile(step => step.At < TimeSpan.FromDays(1)))
            .Where(step => step.Action == DeviceAction.Open)
            .CountBy(step => step.At.Hours).ToDictionary();

        Assert.Equal(24, hours.Count);
        Assert.True(hours[15] > 1.4 * hours[3], $"{hours[15]} sessions at 15:00, {hours[3]} at 03:00");
        Assert.True(hours.Values.Min() > 100);
    }

    [Fact]
    public void Steps_WithoutImports_ImportNothing() =>
        Assert.DoesNotContain(Script(seed: 2, importsEvery: null).Take(2000), step => step.Action == DeviceAction.Import);

    private static IEnumerable<DeviceStep> Script(int seed, TimeSpan? importsEvery) =>
        new DeviceScript(new Random(seed), TimeSpan.Zero, startsAt: TimeSpan.Zero, importsEvery).Steps();
}
