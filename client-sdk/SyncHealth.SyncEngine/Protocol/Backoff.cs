namespace SyncHealth.SyncEngine.Protocol;

/// <summary>
/// Exponential backoff with full jitter: a wait is uniform between zero and a bound that doubles. Spreading over the whole range,
/// instead of adding a little noise, is what keeps a fleet from returning in step after an outage
/// (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
/// </summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    /// <summary>The wait before retry number <paramref name="retry"/>, counted from 0; never shorter than what the server asked for.</summary>
    public TimeSpan Next(int retry, TimeSpan? retryAfter = null)
    {
        var bound = Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, Math.Min(retry, 30)));
        var wait = TimeSpan.FromTicks((long)(bound * random.NextDouble()));
        return retryAfter > wait ? retryAfter.Value : wait;
    }
}
