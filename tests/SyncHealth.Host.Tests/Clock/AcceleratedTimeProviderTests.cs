using SyncHealth.Host.Clock;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Host.Tests.Clock;

public sealed class AcceleratedTimeProviderTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = Wall.AddHours(-24);

    private readonly ManualTimeProvider _real = new(Wall);

    [Fact]
    public void GetUtcNow_AtTheBeginning_IsTheStart() => Assert.Equal(Start, Create(60).GetUtcNow());

    [Fact]
    public void GetUtcNow_AfterASecond_HasMovedBySpeed()
    {
        var clock = Create(60);
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
        Assert.Equal(60, clock.CurrentSpeed);
    }

    [Fact]
    public void GetUtcNow_OnceCaughtUp_IsTheWallClockAndRunsAtItsPace()
    {
        var clock = Create(60);
        _real.Advance(TimeSpan.FromHours(2));
        Assert.Equal(_real.GetUtcNow(), clock.GetUtcNow());
        Assert.Equal(1, clock.CurrentSpeed);
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(_real.GetUtcNow(), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1440)]
    [InlineData(1465)]
    [InlineData(1500)]
    public void GetUtcNow_AtAnyMoment_NeverPassesTheWallClock(int seconds)
    {
        var clock = Create(60);
        _real.Advance(TimeSpan.FromSeconds(seconds));
        Assert.True(clock.GetUtcNow() <= _real.GetUtcNow());
    }

    [Fact]
    public void Start_AfterTheWallClock_IsTheWallClock()
    {
        var clock = new AcceleratedTimeProvider(_real, Wall.AddHours(1), 60);
        Assert.Equal(Wall, clock.GetUtcNow());
    }

    [Fact]
    public void GetElapsedTime_IsAccelerated()
    {
        var clock = Create(120);
        var from = clock.GetTimestamp();
        _real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromMinutes(4), clock.GetElapsedTime(from));
    }

    [Fact]
    public void Timer_OneShot_FiresAfterItsTimeOnThisClock()
    {
        var clock = Create(60);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, fired);
        _real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void Timer_Periodic_FiresOncePerPeriodOfThisClock()
    {
        var clock = Create(60);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, fired);
    }

    [Fact]
    public void Timer_AcrossTheMeetingWithTheWallClock_KeepsItsMeaning()
    {
        // A lead of 59 s at ×60 ends after one real second; of two minutes, the second one runs at ×1.
        var clock = new AcceleratedTimeProvider(_real, Wall.AddSeconds(-59), 60);
        var firedAt = default(DateTimeOffset);
        using var timer = clock.CreateTimer(_ => firedAt = clock.GetUtcNow(), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(default, firedAt);
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Wall.AddSeconds(-59).AddMinutes(2), firedAt);
    }

    [Fact]
    public void Timer_Disposed_DoesNotFire()
    {
        var clock = Create(60);
        var fired = 0;
        clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).Dispose();
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, fired);
    }

    private AcceleratedTimeProvider Create(double speed) => new(_real, Start, speed);
}
