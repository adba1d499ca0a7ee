using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Queue;

public sealed class UptimeTests
{
    private const long OtherRun = 4711;

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);
    private readonly ShiftableTimeProvider _time = new(Some.Now);
    private readonly Uptime _uptime;

    public UptimeTests() => _uptime = new Uptime(_time);

    [Fact]
    public void AgeMs_SameRun_IsTheMonotonicAge()
    {
        _time.Run(TimeSpan.FromSeconds(90));

        Assert.Equal(90_000, _uptime.AgeMs(Recorded(), MaxAge));
    }

    [Fact]
    public void AgeMs_RestartedSince_IsUnknown() =>
        Assert.Null(_uptime.AgeMs(Recorded() with { Session = OtherRun }, MaxAge));

    [Fact]
    public void AgeMs_HostsOwnTime_IsUnknown() =>
        Assert.Null(_uptime.AgeMs(Recorded() with { UptimeMs = null }, MaxAge));

    [Fact]
    public void AgeMs_ClockSetBack_IsTheMonotonicAge()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromHours(-5));

        Assert.Equal(90_000, _uptime.AgeMs(Recorded(), MaxAge));
    }

    [Fact]
    public void AgeMs_WallRanFurther_IsUnknownBecauseTheDeviceMayHaveSlept()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromHours(5));

        Assert.Null(_uptime.AgeMs(Recorded(), MaxAge));
    }

    [Fact]
    public void AgeMs_WallJumpedDecades_IsTheMonotonicAgeBecauseTheClockWasSet()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromDays(365 * 50));

        Assert.Equal(90_000, _uptime.AgeMs(Recorded(), MaxAge));
    }

    [Fact]
    public void IsOlder_ClockSetForwardInThisRun_GoesByTheMonotonicClock()
    {
        _time.Run(TimeSpan.FromSeconds(90));
        _time.SetClock(TimeSpan.FromDays(365 * 50));

        Assert.False(_uptime.IsOlder(Recorded(), MaxAge));
        Assert.True(_uptime.IsOlder(Recorded() with { Session = OtherRun }, MaxAge));
    }

    [Fact]
    public void AgeMs_OtherRunWithAWrongClock_IsTheServersTimeBetween()
    {
        var recorded = InAnotherRun(ahead: TimeSpan.FromDays(730), ago: TimeSpan.FromHours(5));
        Assert.Null(_uptime.AgeMs(recorded, MaxAge));

        _uptime.Learn(Some.Now);

        Assert.Equal((long)TimeSpan.FromHours(5).TotalMilliseconds, _uptime.AgeMs(recorded, MaxAge));
    }

    [Fact]
    public void AgeMs_BothRunsWithTheSameWrongClock_NeedsNoSaying()
    {
        _time.SetClock(TimeSpan.FromDays(730));
        _uptime.Learn(Some.Now);

        Assert.Null(_uptime.AgeMs(InAnotherRun(ahead: TimeSpan.FromDays(730), ago: TimeSpan.FromHours(5)), MaxAge));
    }

    [Fact]
    public void AgeMs_ClockOfTheOtherRunWasSetAfterTheRecording_IsUnknown()
    {
        var recorded = InAnotherRun(ahead: TimeSpan.FromDays(730), ago: TimeSpan.FromHours(5));
        _uptime.Learn(Some.Now);

        Assert.Null(_uptime.AgeMs(recorded with { OriginMs = recorded.OriginMs - 3_600_000 }, MaxAge));
    }

    [Fact]
    public void AgeMs_ClockOfThisRunWasSetSinceItWasLearned_IsUnknown()
    {
        _uptime.Learn(Some.Now);
        _time.SetClock(TimeSpan.FromHours(-2));

        Assert.Null(_uptime.AgeMs(InAnotherRun(ahead: TimeSpan.FromDays(730), ago: TimeSpan.FromHours(5)), MaxAge));
    }

    [Theory]
    [InlineData(-20_000)]
    [InlineData(730)]
    public void IsOlder_RecordedUnderAWrongClock_IsTakenForYoungUntilTheServerSays(int daysAhead)
    {
        var young = InAnotherRun(TimeSpan.FromDays(daysAhead), ago: TimeSpan.FromHours(5));
        var old = InAnotherRun(TimeSpan.FromDays(daysAhead), ago: TimeSpan.FromDays(31));
        Assert.False(_uptime.IsOlder(young, MaxAge));

        _uptime.Learn(Some.Now);

        Assert.False(_uptime.IsOlder(young, MaxAge));
        Assert.True(_uptime.IsOlder(old, MaxAge));
    }

    [Fact]
    public void IsOlder_SameWrongClockAsThen_NothingLearnedYet_IsYoung()
    {
        _time.SetClock(TimeSpan.FromDays(730));

        Assert.False(_uptime.IsOlder(InAnotherRun(ahead: TimeSpan.FromDays(730), ago: TimeSpan.FromHours(5)), MaxAge));
    }

    [Fact]
    public void Learn_LessThanAMinuteOfDifference_IsNoNews()
    {
        _uptime.Learn(Some.Now.AddHours(1));
        var known = _uptime.Learned;

        _uptime.Learn(Some.Now.AddHours(1).AddSeconds(30));
        Assert.Same(known, _uptime.Learned);

        _uptime.Learn(Some.Now);
        Assert.Equal(0, _uptime.Learned!.OffsetMs);
    }

    private RecordedMoment Recorded() => new(Some.Now.ToUnixTimeMilliseconds(), _uptime.Session, 0);

    /// <summary>Recorded by a run whose clock was ahead of the server's, which it knew, a minute after it had begun.</summary>
    private static RecordedMoment InAnotherRun(TimeSpan ahead, TimeSpan ago)
    {
        var wall = (Some.Now - ago + ahead).ToUnixTimeMilliseconds();
        return new RecordedMoment(wall, OtherRun, 60_000, OffsetMs: (long)-ahead.TotalMilliseconds, OriginMs: wall - 60_000);
    }
}
