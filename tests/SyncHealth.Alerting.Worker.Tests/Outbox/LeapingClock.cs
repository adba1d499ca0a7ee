namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>A clock that leaps at every look: the process was frozen between any two of its steps.</summary>
internal sealed class LeapingClock(DateTimeOffset start, TimeSpan leap) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow()
    {
        var now = _now;
        _now += leap;
        return now;
    }
}
