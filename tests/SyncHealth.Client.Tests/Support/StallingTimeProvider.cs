using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Support;

/// <summary>A device that dozes: its monotonic clock falls behind its timers.</summary>
internal sealed class StallingTimeProvider(ManualTimeProvider time) : TimeProvider
{
    public TimeSpan Stalled { get; set; }

    /// <summary>What the last timer was set to.</summary>
    public TimeSpan LastTimer { get; private set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp() - Stalled.Ticks;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new WatchedTimer(this, time.CreateTimer(callback, state, dueTime, period));

    private sealed class WatchedTimer(StallingTimeProvider owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.LastTimer = dueTime;
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
