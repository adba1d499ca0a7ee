namespace SyncHealth.Client.Queue;

/// <summary>The monotonic clock of one run of the app, beside the wall clock.</summary>
internal sealed class Uptime(TimeProvider time)
{
    // A device that sleeps stops most monotonic clocks: an age that lags behind the wall by more than this is no age.
    private static readonly TimeSpan SleepSuspected = TimeSpan.FromMinutes(1);

    private readonly long _origin = time.GetTimestamp();

    /// <summary>Tells this run from every other.</summary>
    internal long Session { get; } = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0);

    internal TimeSpan Now => time.GetElapsedTime(_origin);

    internal DateTimeOffset Wall => time.GetUtcNow();

    internal long WallMs => Wall.ToUnixTimeMilliseconds();

    internal long Ms(long timestamp) => (long)time.GetElapsedTime(_origin, timestamp).TotalMilliseconds;

    /// <summary>
    /// Time since recording for the contract's <c>ageMs</c>, or <see langword="null"/> where the app has restarted since, or where the wall clock has run
    /// further than ours: then the device has slept, or its clock was set, and we cannot tell which. A jump beyond <paramref name="maxAge"/> is a set clock.
    /// </summary>
    internal long? AgeMs(long session, long? recordedMs, long recordedWallMs, TimeSpan maxAge)
    {
        if (session != Session || recordedMs is not { } since)
            return null;
        var age = Math.Max(0, (long)Now.TotalMilliseconds - since);
        var unseen = WallMs - recordedWallMs - age;
        return unseen > SleepSuspected.TotalMilliseconds && unseen <= maxAge.TotalMilliseconds ? null : age;
    }

    /// <summary>Whether an event is older than <paramref name="maxAge"/>, by the better of the two clocks.</summary>
    internal bool IsOlder(long session, long? recordedMs, long recordedWallMs, TimeSpan maxAge) =>
        (session == Session && recordedMs is { } since ? Now.TotalMilliseconds - since : WallMs - recordedWallMs) > maxAge.TotalMilliseconds;
}
