namespace SyncHealth.Client.Queue;

/// <summary>The monotonic clock of one run of the app, beside the wall clock and what the server's answers say of it.</summary>
internal sealed class Uptime(TimeProvider time)
{
    /// <summary>
    /// A device that sleeps stops most monotonic clocks: an age that lags behind the wall by more than this is no age. What the server's clock says is no
    /// better than this either: its Date has whole seconds, and the answer was on its way.
    /// </summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly long _origin = time.GetTimestamp();

    /// <summary>Tells this run from every other.</summary>
    internal long Session { get; } = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0);

    internal TimeSpan Now => time.GetElapsedTime(_origin);

    internal DateTimeOffset Wall => time.GetUtcNow();

    internal long WallMs => Wall.ToUnixTimeMilliseconds();

    /// <summary>How far the server's clock is ahead of the device's, as of the last answer; <see langword="null"/> before there was one.</summary>
    internal LearnedClock? Learned { get; private set; }

    internal long Ms(long timestamp) => (long)time.GetElapsedTime(_origin, timestamp).TotalMilliseconds;

    /// <summary>The server says what time it is. Less than a minute of difference to what is known is none.</summary>
    internal void Learn(DateTimeOffset serverNow)
    {
        var heard = new LearnedClock(serverNow.ToUnixTimeMilliseconds() - WallMs, OriginMs);
        if (Learned is not { } known || !IsNear(heard.OffsetMs, known.OffsetMs) || !IsNear(heard.OriginMs, known.OriginMs))
            Learned = heard;
    }

    /// <summary>
    /// Time since recording for the contract's <c>ageMs</c>. Within one run it is the monotonic time, and <see langword="null"/> where the wall clock has run further:
    /// then the device has slept, or its clock was set, and we cannot tell which; a jump beyond <paramref name="maxAge"/> is a set clock. Across runs it is known only
    /// where both runs heard the server's time, and needed only where the device's clock was set in between.
    /// </summary>
    internal long? AgeMs(in RecordedMoment recorded, TimeSpan maxAge)
    {
        if (recorded.UptimeMs is not { } since)
            return null;
        if (recorded.Session != Session)
            return CorrectedAgeMs(recorded) is { } corrected && !IsNear(corrected, WallMs - recorded.WallMs) ? Math.Max(0, corrected) : null;
        var age = Math.Max(0, (long)Now.TotalMilliseconds - since);
        var unseen = WallMs - recorded.WallMs - age;
        return unseen > Tolerance.TotalMilliseconds && unseen <= maxAge.TotalMilliseconds ? null : age;
    }

    /// <summary>Whether an event is older than <paramref name="maxAge"/>, by the better of the clocks; in doubt it is not.</summary>
    internal bool IsOlder(in RecordedMoment recorded, TimeSpan maxAge) => (recorded.Session == Session && recorded.UptimeMs is { } since
        ? Now.TotalMilliseconds - since
        : CorrectedAgeMs(recorded) ?? LeastAgeMs(recorded)) > maxAge.TotalMilliseconds;

    private long OriginMs => WallMs - (long)Now.TotalMilliseconds;

    // The server's time now less the server's time then.
    private long? CorrectedAgeMs(in RecordedMoment recorded) =>
        ServerMs(recorded) is { } then && Learned is { } now && IsNear(now.OriginMs, OriginMs) ? WallMs + now.OffsetMs - then : null;

    // Until this run has heard the server's time, its clock may be as wrong as that of the other run, or right.
    private long LeastAgeMs(in RecordedMoment recorded) =>
        ServerMs(recorded) is { } then ? Math.Min(WallMs - recorded.WallMs, WallMs - then) : WallMs - recorded.WallMs;

    // Only where the clock stood at the recording as it did when the run heard the server's time.
    private static long? ServerMs(in RecordedMoment recorded) =>
        recorded is { UptimeMs: { } uptime, OffsetMs: { } offset, OriginMs: { } origin } && IsNear(recorded.WallMs - uptime, origin) ? recorded.WallMs + offset : null;

    private static bool IsNear(long a, long b) => Math.Abs(a - b) <= Tolerance.TotalMilliseconds;
}
