namespace SyncHealth.Ingest.Health;

/// <summary>Durations in fixed buckets, as Prometheus wants them.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>Upper bounds in seconds: a group commit takes milliseconds; seconds mean that the database struggles.</summary>
    public static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _microseconds;

    public double SumSeconds => Interlocked.Read(ref _microseconds) / 1e6;

    public void Record(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        var bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _microseconds, (long)(seconds * 1e6));
    }

    /// <summary>Cumulative counts per bound; the last one is of everything.</summary>
    public long[] Cumulative()
    {
        var total = 0L;
        return [.. _counts.Select((_, i) => total += Interlocked.Read(ref _counts[i]))];
    }
}
