namespace SyncHealth.Client.Tests.Support;

/// <summary>A host's clock whose first timer cannot be made.</summary>
internal sealed class BrokenTimers : TimeProvider
{
    private int _made;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Interlocked.Increment(ref _made) == 1 ? throw new InvalidOperationException("host's timers") : System.CreateTimer(callback, state, dueTime, period);
}
