namespace SyncHealth.Benchmarks.Alerting;

/// <summary>Goes on only when it is told to, so that an hour of a vendor's limit takes as long as the work in it.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}
