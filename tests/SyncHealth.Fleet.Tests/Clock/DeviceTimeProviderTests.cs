using SyncHealth.Fleet.Clock;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Fleet.Tests.Clock;

/// <summary>Durations of a simulated device: modelled waits in full, work as it really passed, whatever the speed of the fleet's clock.</summary>
public sealed class DeviceTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _shared = new(Start);
    private readonly ManualTimeProvider _real = new(Start);
    private readonly DeviceTimeProvider _device;

    public DeviceTimeProviderTests() => _device = new DeviceTimeProvider(_shared, _real);

    [Fact]
    public void Timestamp_InsideACycle_CountsWorkAsItReallyPassed()
    {
        _device.Enter();
        var from = _device.GetTimestamp();

        Pass(real: TimeSpan.FromMilliseconds(5), speed: 120);

        Assert.Equal(TimeSpan.FromMilliseconds(5), _device.GetElapsedTime(from));
    }

    [Fact]
    public async Task Timestamp_ModelledWait_CountsInFullAndNothingBeside()
    {
        _device.Enter();
        var from = _device.GetTimestamp();
        var wait = _device.WaitAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
        // The timer comes late, as timers do: at ×120 a real millisecond is a tenth of a second of fleet time.
        Pass(real: TimeSpan.FromMilliseconds(40), speed: 120);
        await wait;

        Pass(real: TimeSpan.FromMilliseconds(2), speed: 120);

        Assert.Equal(TimeSpan.FromMilliseconds(3002), _device.GetElapsedTime(from));
    }

    [Fact]
    public async Task Timestamp_WaitCutShort_CountsAsFarAsItWent()
    {
        using var stop = new CancellationTokenSource();
        _device.Enter();
        var from = _device.GetTimestamp();
        var wait = _device.WaitAsync(TimeSpan.FromSeconds(30), stop.Token);
        _shared.Advance(TimeSpan.FromSeconds(4));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(TimeSpan.FromSeconds(4), _device.GetElapsedTime(from));
    }

    [Fact]
    public void Timestamp_BetweenCycles_FollowsTheFleetsClock()
    {
        var from = _device.GetTimestamp();
        _device.Enter();
        Pass(real: TimeSpan.FromMilliseconds(10), speed: 120);
        _device.Leave();

        Pass(real: TimeSpan.FromSeconds(1), speed: 120);

        Assert.Equal(TimeSpan.FromSeconds(121.2), _device.GetElapsedTime(from));
        Assert.Equal(_shared.GetUtcNow(), _device.GetUtcNow());
    }

    [Fact]
    public async Task Deadline_CrossedByAModelledWait_FiresAtItsModelledMoment()
    {
        _device.Enter();
        var from = _device.GetTimestamp();
        using var deadline = _device.Deadline(TimeSpan.FromSeconds(15), CancellationToken.None);

        var wait = _device.WaitAsync(TimeSpan.FromMinutes(2), deadline.Token);
        _shared.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(TimeSpan.FromSeconds(15), _device.GetElapsedTime(from));
    }

    [Fact]
    public void Deadline_FleetClockRacesOn_OnlyRealTimeBoundsARealRequest()
    {
        _device.Enter();
        using var deadline = _device.Deadline(TimeSpan.FromSeconds(15), CancellationToken.None);

        _shared.Advance(TimeSpan.FromHours(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        _real.Advance(TimeSpan.FromSeconds(15));
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Deadline_LetGoOf_NeverFires()
    {
        _device.Enter();
        _device.Deadline(TimeSpan.FromSeconds(1), CancellationToken.None).Dispose();

        var wait = _device.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        _shared.Advance(TimeSpan.FromSeconds(5));

        await wait;
    }

    private void Pass(TimeSpan real, double speed)
    {
        _real.Advance(real);
        _shared.Advance(real * speed);
    }
}
