namespace SyncHealth.Client.Tests.Support;

/// <summary>A device's clocks: a monotonic one, and a wall clock that can be set.</summary>
internal sealed class ShiftableTimeProvider(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _ran;
    private TimeSpan _shift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Run(TimeSpan time) => _ran += time;

    public void SetClock(TimeSpan by) => _shift += by;

    public override long GetTimestamp() => _ran.Ticks;

    public override DateTimeOffset GetUtcNow() => start + _ran + _shift;
}
