using System.Globalization;
using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>Sets the times of one request's events right. Pure: the same request received at the same moment gives the same times.</summary>
/// <param name="receivedAt">When the request reached the server, on the shared clock.</param>
/// <param name="sentAt">When the client says it sent it; null leaves its clock unquestioned.</param>
/// <param name="clockName">What the server's clock is called in messages.</param>
internal sealed class BatchClock(DateTimeOffset receivedAt, DateTimeOffset? sentAt, string clockName)
{
    private readonly long _drift = sentAt is { } sent ? Significant(receivedAt.UtcTicks - sent.UtcTicks) : 0;

    /// <summary>The event's true time, as well as it can be known.</summary>
    /// <param name="deviceAt">The device's own timestamp.</param>
    /// <param name="ageMs">Monotonic milliseconds between recording and sending: outranks the wall clock where they disagree.</param>
    public DateTimeOffset Correct(DateTimeOffset deviceAt, long? ageMs)
    {
        var byWall = EventTime.Moved(deviceAt, _drift);
        if (ageMs is not { } age)
            return byWall;
        var byAge = EventTime.Moved(receivedAt, -Math.Min(age, EventBounds.MaxPendingMs) * TimeSpan.TicksPerMillisecond);
        return Significant(byAge.Ticks - byWall.Ticks) == 0 ? byWall : byAge;
    }

    /// <summary>Why the corrected time cannot be taken; null when it can.</summary>
    /// <param name="eventAt">The corrected time.</param>
    /// <param name="maxAge">How long the app's raw events are kept: an older one would find no twin to be recognised by.</param>
    public string? OutOfRange(DateTimeOffset eventAt, TimeSpan maxAge)
    {
        if (eventAt > receivedAt + EventLimits.MaxFuture)
            return Message(eventAt, eventAt - receivedAt, "ahead of", "5 minutes ahead");
        if (eventAt < receivedAt - maxAge)
            return Message(eventAt, receivedAt - eventAt, "behind", string.Create(CultureInfo.InvariantCulture, $"{(int)maxAge.TotalDays} days old"));
        return null;
    }

    private static long Significant(long ticks) => Math.Abs(ticks) >= EventLimits.DriftCorrectedFrom.Ticks ? ticks : 0;

    private string Message(DateTimeOffset eventAt, TimeSpan by, string direction, string limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{eventAt:yyyy-MM-ddTHH:mm:ss.fffZ} is {InWords(by)} {direction} {clockName}, which says {receivedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}; an event may be at most {limit}.");

    private static string InWords(TimeSpan span) =>
        span.TotalDays >= 2 ? $"{(int)span.TotalDays} days"
        : span.TotalHours >= 1 ? $"{(int)span.TotalHours} h {span.Minutes} min"
        : $"{span.Minutes} min {span.Seconds} s";
}
