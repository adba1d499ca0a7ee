namespace SyncHealth.Benchmarks.Sdk;

/// <summary>Days of an app's life, passed over as fast as they can be recorded. Its timers are real: nothing here waits for one.</summary>
internal sealed class LifeClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _passed);

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(GetTimestamp());

    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);
}
