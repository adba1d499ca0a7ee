namespace SyncHealth.Storage.Vitals;

/// <summary>How late the events of an app arrive, by the hour of the week they happened in.</summary>
public sealed class LagCurves
{
    private const int WeekHours = 168;

    /// <summary>1970-01-01 was a Thursday, and the week begins on Monday.</summary>
    private const int EpochWeekHour = 72;

    /// <summary>Attempts of the app's mean that every hour borrows: one of which little is known is judged by the mean, one with thousands by itself.</summary>
    private const double Borrowed = 100;

    private readonly double[] _attempts = new double[WeekHours];
    private readonly LagCurve[] _curves = new LagCurve[WeekHours];

    private LagCurves(IReadOnlyCollection<LearnedLag> learned, double total)
    {
        var mean = new double[LagCurve.Classes];
        foreach (var lag in learned)
            mean[lag.Class] += Borrowed * lag.Attempts / total;
        var weights = Enumerable.Range(0, WeekHours).Select(_ => (double[])mean.Clone()).ToArray();
        foreach (var lag in learned)
        {
            weights[lag.WeekHour][lag.Class] += lag.Attempts;
            _attempts[lag.WeekHour] += lag.Attempts;
        }

        for (var hour = 0; hour < WeekHours; hour++)
            _curves[hour] = new LagCurve(weights[hour]);
    }

    /// <summary>Null when nothing was learned.</summary>
    public static LagCurves? Of(IReadOnlyCollection<LearnedLag> learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        return learned.Sum(lag => (double)lag.Attempts) is > 0 and var total ? new LagCurves(learned, total) : null;
    }

    /// <summary>
    /// The share of the events of [<paramref name="from"/>, <paramref name="to"/>) that has arrived by <paramref name="now"/>: of each hour by its own curve,
    /// weighted by the attempts that hour of the week has (and one, so that an hour never seen counts a little).
    /// </summary>
    public double Completeness(DateTime from, DateTime to, DateTime now)
    {
        double arrived = 0, expected = 0;
        var at = from;
        do
        {
            var end = HourAfter(at) < to ? HourAfter(at) : to;
            var hour = WeekHourOf(at);
            var weight = (_attempts[hour] + 1) * Math.Max(1, ((end < now ? end : now) - at).Ticks);
            arrived += weight * _curves[hour].Completeness(at, end, now);
            expected += weight;
            at = end;
        }
        while (at < to && at < now);
        return arrived / expected;
    }

    private static DateTime HourAfter(DateTime at) => at.AddTicks(TimeSpan.TicksPerHour - (at.Ticks % TimeSpan.TicksPerHour));

    /// <summary>The twin of <c>synchealth.week_hour</c>.</summary>
    private static int WeekHourOf(DateTime at) => (int)((((at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerHour) + EpochWeekHour) % WeekHours);
}
