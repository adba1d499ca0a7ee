namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>The time of a whole world, in one thread: what is due next happens next, and of several things at one moment the one asked for first.</summary>
internal sealed class VirtualTime(DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (long At, int Order)> _due = new();
    private int _asked;

    public DateTimeOffset Now { get; private set; } = start;

    public bool IsIdle => _due.Count == 0;

    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, ((Now + delay).UtcTicks, _asked++));

    /// <summary>Lets happen what is due up to a moment, and moves there.</summary>
    public void RunUntil(DateTimeOffset moment)
    {
        while (_due.TryPeek(out _, out var next) && next.At <= moment.UtcTicks)
            RunNext();
        Now = moment;
    }

    /// <summary>Lets happen whatever comes next; false when nothing does.</summary>
    public bool RunNext()
    {
        if (!_due.TryDequeue(out var action, out var due))
            return false;
        Now = new DateTimeOffset(due.At, TimeSpan.Zero);
        action();
        return true;
    }
}
