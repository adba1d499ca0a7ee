using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Sending;

public sealed class AlarmTests
{
    private readonly SyncHealth.Testing.ManualTimeProvider _time = Some.Clock();

    [Fact]
    public async Task WaitAsync_TimePasses_Wakes()
    {
        using var alarm = new Alarm(_time);
        var sleeping = alarm.WaitAsync(TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(sleeping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await sleeping;
    }

    [Fact]
    public async Task WaitAsync_SetBefore_DoesNotSleep()
    {
        using var alarm = new Alarm(_time);
        alarm.Set();

        await alarm.WaitAsync(null);
        Assert.False(alarm.WaitAsync(null).IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_SetWhileAsleep_WakesOnce()
    {
        using var alarm = new Alarm(_time);
        var sleeping = alarm.WaitAsync(TimeSpan.FromHours(1));

        alarm.Set();
        await sleeping;
        Assert.False(alarm.WaitAsync(null).IsCompleted);
    }

    [Fact]
    public void WaitAsync_ManyTimes_UsesOneTimer()
    {
        using var alarm = new Alarm(_time);
        for (var i = 0; i < 10; i++)
        {
            _ = alarm.WaitAsync(TimeSpan.FromHours(1));
            alarm.Set();
        }

        Assert.Equal(1, _time.PendingTimers);
    }
}
