namespace SyncHealth.Benchmarks.Vitals;

/// <summary>Stands still at the moment of which the samples are the past: filling takes minutes, and a snapshot must not be of the future.</summary>
internal sealed class SampleClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
