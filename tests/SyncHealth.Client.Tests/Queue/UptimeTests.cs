using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Queue;

public sealed class UptimeTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);
    private readonly ShiftableTimeProvider _time = new(Some.Now);
    private readonly Uptime _uptime;

    public UptimeTests() => _uptime = new Uptime(_time);

    [Fact]
    public void AgeMs_SameRun_IsTheMonotonicAge()
    {
        _time.Run(TimeSpan.FromSeconds(90));

        Assert.Equal(90_000, _uptime.AgeMs(_uptime.Session, 0, Some.Now.ToUnixTimeMilliseconds(), MaxAge));
    }

    [Fact]
    public void AgeMs_RestartedSince_IsUnknown() =>
        Assert.Null(_uptime.AgeMs(_uptime.Session + 1, 0, Some.Now.ToUnixTimeMilliseconds(), MaxAge));

    [Fact]
    public void AgeMs_HostsOwnTime_IsUnknown() =>
        Assert.Null(_uptime.AgeMs(_uptime.Session, null, Some.Now.ToUnixTimeMilliseconds(), MaxAge));

    [Fact]
    public void AgeMs_ClockSetBack_IsTheMonotonicAge()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromHours(-5));

        Assert.Equal(90_000, _uptime.AgeMs(_uptime.Session, 0, Some.Now.ToUnixTimeMilliseconds(), MaxAge));
    }

    [Fact]
    public void AgeMs_WallRanFurther_IsUnknownBecauseTheDeviceMayHaveSlept()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromHours(5));

        Assert.Null(_uptime.AgeMs(_uptime.Session, 0, Some.Now.ToUnixTimeMilliseconds(), MaxAge));
    }

    [Fact]
    public void AgeMs_WallJumpedDecades_IsTheMonotonicAgeBecauseTheClockWasSet()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromDays(365 * 50));

        Assert.Equal(90_000, _uptime.AgeMs(_uptime.Session, 0, Some.Now.ToUnixTimeMilliseconds(), MaxAge));
    }

    [Fact]
    public void IsOlder_ClockSetForwardInThisRun_GoesByTheMonotonicClock()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromDays(365 * 50));
        var recorded = Some.Now.ToUnixTimeMilliseconds();

        Assert.False(_uptime.IsOlder(_uptime.Session, 0, recorded, MaxAge));
        Assert.True(_uptime.IsOlder(_uptime.Session + 1, 0, recorded, MaxAge));
    }
}
