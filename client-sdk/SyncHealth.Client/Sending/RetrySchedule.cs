namespace SyncHealth.Client.Sending;

/// <summary>
/// Exponential backoff with full jitter: a delay is drawn evenly from 0 to min(cap, base·2ⁿ), so that devices which failed together do not return together
/// (AWS Architecture Blog, "Exponential Backoff And Jitter").
/// </summary>
internal sealed class RetrySchedule(Random random)
{
    /// <summary>Ceiling of the first delay.</summary>
    internal static readonly TimeSpan Base = TimeSpan.FromSeconds(1);

    /// <summary>Highest ceiling: a server that is back is found within minutes.</summary>
    internal static readonly TimeSpan Cap = TimeSpan.FromMinutes(5);

    /// <summary>Failures in a row.</summary>
    internal int Failures { get; private set; }

    /// <summary>Counts a failure and draws the delay after it.</summary>
    internal TimeSpan Next() => Draw(Ceiling(Failures++));

    /// <summary>Draws evenly between nothing and <paramref name="ceiling"/>.</summary>
    internal TimeSpan Draw(TimeSpan ceiling) => TimeSpan.FromTicks((long)(random.NextDouble() * ceiling.Ticks));

    internal void Reset() => Failures = 0;

    /// <summary>The ceiling after <paramref name="failures"/> earlier failures.</summary>
    internal static TimeSpan Ceiling(int failures) =>
        failures >= 9 ? Cap : TimeSpan.FromTicks(Math.Min(Cap.Ticks, Base.Ticks << failures));
}
