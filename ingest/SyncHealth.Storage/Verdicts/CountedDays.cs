using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>The days of a comparison: those complete enough to be counted, and how much of all of them has arrived.</summary>
/// <param name="Days">Starts of the days that are counted, ascending.</param>
/// <param name="Waiting">How many wait for their events.</param>
/// <param name="ArrivedShare">Share of the expected events that has arrived, the waiting days included; 1 where nothing was learned.</param>
internal sealed record CountedDays(IReadOnlyList<DateTime> Days, int Waiting, double ArrivedShare)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>End of what is counted.</summary>
    public DateTime Watermark(DateTime now) => Days[^1] + Day < now ? Days[^1] + Day : now;

    /// <summary>The days from that of <paramref name="since"/> to that of <paramref name="now"/>.</summary>
    /// <remarks>Where no day is complete all are counted: a harm that is proven already must be said, and nothing else will be (<see cref="ReleaseVerdict.ArrivedShare"/>).</remarks>
    public static CountedDays Of(DateTime since, DateTime now, LagCurves? lags)
    {
        List<DateTime> all = [];
        for (var day = since.Date; day < now; day += Day)
            all.Add(day);
        if (lags is null)
            return new CountedDays(all, 0, 1);
        DateTime[] complete = [.. all.Where(day => lags.Completeness(day, Earlier(day + Day, now), now) >= VerdictLimits.CompleteShare)];
        var arrived = Math.Clamp(lags.Completeness(since.Date, now, now), 0, 1);
        return complete.Length == 0 ? new CountedDays(all, 0, arrived) : new CountedDays(complete, all.Count - complete.Length, arrived);
    }

    private static DateTime Earlier(DateTime left, DateTime right) => left < right ? left : right;
}
