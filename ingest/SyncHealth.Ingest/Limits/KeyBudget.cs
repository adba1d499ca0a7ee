using System.Collections.Concurrent;

namespace SyncHealth.Ingest.Limits;

/// <summary>Token buckets, one per ingest key: so many events a second on average, with bursts of ten seconds' worth. Per process.</summary>
/// <param name="eventsPerSecond">Null sets no limit.</param>
/// <param name="clock">The real clock: a limit on real resources does not run faster in the demo.</param>
internal sealed class KeyBudget(int? eventsPerSecond, TimeProvider clock)
{
    private const double BurstSeconds = 10;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes the events from the key's budget.</summary>
    /// <returns>Null, or how long to wait. A batch larger than a whole burst passes when the bucket is full.</returns>
    public TimeSpan? Take(string keyId, int events)
    {
        if (eventsPerSecond is not { } rate)
            return null;
        var bucket = _buckets.GetOrAdd(keyId, static (_, start) => new Bucket(start), (rate * BurstSeconds, clock.GetTimestamp()));
        lock (bucket)
        {
            var now = clock.GetTimestamp();
            bucket.Tokens = Math.Min(rate * BurstSeconds, bucket.Tokens + (clock.GetElapsedTime(bucket.At, now).TotalSeconds * rate));
            bucket.At = now;
            var missing = Math.Min(events, rate * BurstSeconds) - bucket.Tokens;
            if (missing > 0)
                return TimeSpan.FromSeconds(missing / rate);
            bucket.Tokens -= events;
            return null;
        }
    }

    private sealed class Bucket((double Tokens, long At) start)
    {
        public double Tokens { get; set; } = start.Tokens;

        public long At { get; set; } = start.At;
    }
}
