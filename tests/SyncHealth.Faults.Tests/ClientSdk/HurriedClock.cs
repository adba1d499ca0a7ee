namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The wall clock as it is, beside a monotonic clock and timers that run fifty times as fast: backoff and waits pass, and events keep times that the server believes.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Speed = 50;

    public override long GetTimestamp() => System.GetTimestamp() * Speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    private static TimeSpan Hurried(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;
}
