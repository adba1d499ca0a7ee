using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Evaluation;

public sealed class WindowPlanTests
{
    private static readonly AlertState Quiet = AlertState.New(Some.Noon);

    [Fact]
    public void For_QuietAlert_DoublesUpToSixHours() =>
        Assert.Equal([15, 30, 60, 120, 240, 360], Minutes(Some.Rule(), Quiet));

    [Fact]
    public void For_OddWindow_EndsAtExactlySixHours() =>
        Assert.Equal([50, 100, 200, 360], Minutes(Some.Rule() with { Window = TimeSpan.FromMinutes(50) }, Quiet));

    [Theory]
    [InlineData(6)]
    [InlineData(24)]
    public void For_WindowOfSixHoursOrMore_NeverWidens(int hours) =>
        Assert.Equal([hours * 60], Minutes(Some.Rule() with { Window = TimeSpan.FromHours(hours) }, Quiet));

    [Fact]
    public void For_OpenIncident_NeverReachesBackBeyondTheNewestBreach()
    {
        var firing = Quiet with { Status = AlertStatus.Firing, LastBreachAt = Some.Noon.AddMinutes(-40) };

        Assert.Equal([15, 30, 40], Minutes(Some.Rule(), firing));
        Assert.Equal([15], Minutes(Some.Rule(), firing with { LastBreachAt = Some.Noon.AddMinutes(-1) }));
    }

    [Fact]
    public void For_AfterAnIncident_ItsDataCannotOpenAnother()
    {
        var resolved = Quiet with { Status = AlertStatus.Resolved, LastBreachAt = Some.Noon.AddHours(-1), SpentUntil = Some.Noon.AddMinutes(-100) };

        Assert.Equal([15, 30, 60, 100], Minutes(Some.Rule(), resolved));
    }

    private static int[] Minutes(AlertRule rule, AlertState state) =>
        [.. WindowPlan.For(rule, state, Some.Noon).Select(window => (int)(window.To - window.From).TotalMinutes)];
}
