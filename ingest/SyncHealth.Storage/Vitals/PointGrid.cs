namespace SyncHealth.Storage.Vitals;

/// <summary>Where the points of an answer begin and end: the twin of <c>synchealth.point_of</c>.</summary>
internal sealed class PointGrid
{
    /// <summary>Points of one answer: a week of minutes. More is a download, not a chart.</summary>
    public const int MaxPoints = 10_080;

    private readonly TimeSpan? _step;
    private readonly TimeZoneInfo? _dayZone;

    private PointGrid(TimeSpan? step, TimeZoneInfo? dayZone)
    {
        _step = step;
        _dayZone = dayZone;
    }

    /// <exception cref="VitalsQueryException">The step, the range or the zone is not one that can be answered.</exception>
    public static PointGrid Of(VitalsQuery query)
    {
        if (query.From >= query.To)
            throw new VitalsQueryException("from", $"The range is empty: 'from' ({query.From:O}) must be before 'to' ({query.To:O}).");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(query.TimeZone, out var zone))
            throw new VitalsQueryException("tz", $"Unknown time zone '{query.TimeZone}'. Allowed: names of the IANA time zone database, such as UTC or Europe/Berlin.");
        if (query.Step is not { } step)
            return new PointGrid(null, null);
        if (step < TimeSpan.FromMinutes(1) || step.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new VitalsQueryException("step", $"A step of {step.TotalSeconds} s is not allowed. Allowed: whole minutes.");
        if ((query.To - query.From) / step > MaxPoints)
            throw new VitalsQueryException("step", $"A step of {step.TotalSeconds} s makes more than {MaxPoints} points of this range. Allowed: a wider step or a shorter range.");
        return new PointGrid(step, step == TimeSpan.FromDays(1) && query.TimeZone != "UTC" ? zone : null);
    }

    /// <summary>The start of the point that holds a moment.</summary>
    public DateTime StartOf(DateTime moment, CountedRange range) => (_step, _dayZone) switch
    {
        (null, _) => range.Lo,
        (_, { } zone) => Midnight(TimeZoneInfo.ConvertTimeFromUtc(moment, zone).Date, zone),
        ({ } step, _) => moment.AddTicks(-((moment - DateTime.UnixEpoch).Ticks % step.Ticks)),
    };

    /// <summary>The end of the point that starts at <paramref name="at"/>, cut to the range.</summary>
    public DateTime EndOf(DateTime at, CountedRange range)
    {
        var end = (_step, _dayZone) switch
        {
            (null, _) => range.Hi,
            (_, { } zone) => Midnight(TimeZoneInfo.ConvertTimeFromUtc(at, zone).Date.AddDays(1), zone),
            ({ } step, _) => at + step,
        };
        return end < range.Hi ? end : range.Hi;
    }

    /// <summary>Starts of the points that have begun before <paramref name="now"/>.</summary>
    public IEnumerable<DateTime> Starts(CountedRange range, DateTime now)
    {
        for (var at = StartOf(range.Lo, range); at < range.Hi && at < now;)
        {
            yield return at;
            at = EndOf(at, range);
        }
    }

    private static DateTime Midnight(DateTime date, TimeZoneInfo zone)
    {
        // A zone that moves its clocks at midnight has days that begin at one: the first valid moment of the day.
        while (zone.IsInvalidTime(date))
            date = date.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(date, zone);
    }
}
