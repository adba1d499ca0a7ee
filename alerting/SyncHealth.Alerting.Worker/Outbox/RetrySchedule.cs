namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>When to try again: what the vendor asked for, else exponential backoff with full jitter.</summary>
/// <param name="random">Source of the jitter.</param>
internal sealed class RetrySchedule(Random random)
{
    /// <summary>Bound of the first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Bound of every later wait: a receiver that is back is told within a minute (reliability D2).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Added at random to what a vendor asks for, so that waiting senders do not come back in one instant.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    /// <summary>More is not believed: no vendor documents it, and a garbled header must not mute a page.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>The wait after failed attempt number <paramref name="attempt"/> (1 is the first).</summary>
    public TimeSpan After(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait && wait > TimeSpan.Zero)
            return (wait < LongestAsked ? wait : LongestAsked) + (Spread * random.NextDouble());
        // 2^9 s is beyond the longest wait; a larger exponent would only overflow.
        var bound = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 9));
        return (bound < Longest ? bound : Longest) * random.NextDouble();
    }
}
