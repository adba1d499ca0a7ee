namespace SyncHealth.Benchmarks.Storage;

/// <summary>Stands at the arrival of the load's last batch: three days pass in minutes, and retention and folds see them as in service.</summary>
internal sealed class LoadClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void MoveTo(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
