using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Tests.Fakes;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class SilenceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Since_BusyFleetStops_IsTheEndOfTheLastMinuteWithAttempts() =>
        Assert.Equal(Some.Now.AddMinutes(-20), Silence.Since([.. Some.Minutes(_ => 0).Take(40)], Minute, Some.Now, speed: 1));

    [Fact]
    public void Since_QuietFleet_ADozenMinutesWithoutAttemptsAreOrdinary() =>
        Assert.Null(Silence.Since([.. Some.Minutes(_ => 0, attempts: 1).Take(48)], Minute, Some.Now, speed: 1));

    [Fact]
    public void Since_FourMinutes_AreTheDelayOfBatches() => Assert.Null(Silence.Since([.. Some.Minutes(_ => 0).Take(56)], Minute, Some.Now, speed: 1));

    [Fact]
    public void Since_AcceleratedClock_AllowsForTheWayOnTheWallClock() =>
        Assert.Null(Silence.Since([.. Some.Minutes(_ => 0).Take(45)], Minute, Some.Now, speed: 120));

    [Fact]
    public void Since_NothingEver_IsNotASilence() => Assert.Null(Silence.Since([], Minute, Some.Now, speed: 1));
}
