namespace SyncHealth.Ingest.Health;

/// <summary>Counts in fixed buckets, as Prometheus wants them.</summary>
/// <param name="bounds">Upper bounds, ascending, in the unit of what is counted.</param>
internal sealed class Buckets(double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public IReadOnlyList<double> Bounds => bounds;

    public double Sum => Volatile.Read(ref _sum);

    public void Record(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        for (var seen = Sum; ;)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    /// <summary>Cumulative counts per bound; the last one is of everything.</summary>
    public long[] Cumulative()
    {
        var total = 0L;
        return [.. _counts.Select((_, i) => total += Interlocked.Read(ref _counts[i]))];
    }
}
