namespace SyncHealth.Alerting.Routing;

/// <summary>
/// Moments by the calendar and clock of a zone, in the sense of Alertmanager's time intervals: every condition that is given has to hold, a list holds when
/// one of its spans does, an empty list always. It asks what a clock on the wall shows: an hour that a change to summer time leaves out never comes,
/// one that a change back repeats comes twice.
/// </summary>
public sealed record CalendarRange
{
    /// <summary>Minutes of a day; the end of the last is 24:00.</summary>
    public const int MinutesPerDay = 24 * 60;

    /// <summary>An IANA zone.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Minutes since local midnight; the last of a span is no longer part of it (<c>22:00-24:00</c> is 1320 to 1440).</summary>
    public IReadOnlyList<NumberSpan> Times { get; init; } = [];

    /// <summary>Days of the week, Sunday is 0.</summary>
    public IReadOnlyList<NumberSpan> Weekdays { get; init; } = [];

    /// <summary>Days of the month; -1 is the last one, -2 the one before.</summary>
    public IReadOnlyList<NumberSpan> DaysOfMonth { get; init; } = [];

    /// <summary>Months, January is 1.</summary>
    public IReadOnlyList<NumberSpan> Months { get; init; } = [];

    public IReadOnlyList<NumberSpan> Years { get; init; } = [];

    /// <summary>Whether it holds at a moment.</summary>
    public bool Contains(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        return Holds(Years, local.Year) && Holds(Months, local.Month) && Holds(Weekdays, (int)local.DayOfWeek) && HoldsDay(local)
            && (Times.Count == 0 || Times.Any(span => span.From <= MinuteOf(local) && MinuteOf(local) < span.To));
    }

    /// <summary>Moments in the <paramref name="days"/> local days from that of <paramref name="from"/> on at which it may begin or end to hold: nothing changes in between.</summary>
    internal IEnumerable<DateTimeOffset> Edges(DateTimeOffset from, int days)
    {
        var midnight = TimeZoneInfo.ConvertTime(from, Zone).Date;
        var minutes = Times.SelectMany(span => new[] { span.From, span.To }).Append(0).Distinct().ToArray();
        for (var day = 0; day < days; day++)
            foreach (var minute in minutes)
                foreach (var edge in InstantsOf(midnight.AddDays(day).AddMinutes(minute)))
                    yield return edge;
    }

    /// <summary>The moments at which clocks show <paramref name="local"/>: two when it is repeated; when it is left out, that of the change.</summary>
    private IEnumerable<DateTimeOffset> InstantsOf(DateTime local)
    {
        if (Zone.IsInvalidTime(local))
            yield return ChangeBefore(local);
        else if (Zone.IsAmbiguousTime(local))
            foreach (var offset in Zone.GetAmbiguousTimeOffsets(local))
                yield return new DateTimeOffset(local, offset);
        else
            yield return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }

    private DateTimeOffset ChangeBefore(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }

    private bool HoldsDay(DateTime local)
    {
        var days = DateTime.DaysInMonth(local.Year, local.Month);
        return DaysOfMonth.Count == 0 || DaysOfMonth.Any(span => FromStart(span.From, days) <= local.Day && local.Day <= FromStart(span.To, days));
    }

    private static int FromStart(int day, int days) => day < 0 ? days + 1 + day : day;

    private static int MinuteOf(DateTime local) => (local.Hour * 60) + local.Minute;

    private static bool Holds(IReadOnlyList<NumberSpan> spans, int number) => spans.Count == 0 || spans.Any(span => span.Contains(number));
}
