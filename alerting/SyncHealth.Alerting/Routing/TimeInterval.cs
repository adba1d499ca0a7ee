namespace SyncHealth.Alerting.Routing;

/// <summary>Named moments that routes refer to: it holds when one of its ranges does.</summary>
/// <param name="Line">Line of its name in the file, for messages about it.</param>
public sealed record TimeInterval(string Name, IReadOnlyList<CalendarRange> Ranges, int Line = 0)
{
    /// <summary>Days that are looked ahead for its end: a year and what a leap year adds.</summary>
    private const int MaxDaysAhead = 367;

    /// <summary>Days looked at first: nearly every interval ends within a week.</summary>
    private const int NearDays = 9;

    /// <summary>Whether it holds at a moment.</summary>
    public bool Contains(DateTimeOffset at) => Ranges.Any(range => range.Contains(at));

    /// <summary>The first moment after <paramref name="now"/> at which <see cref="Contains"/> gives another answer than now; null when that is more than a year away.</summary>
    public DateTimeOffset? ChangesAfter(DateTimeOffset now) => ChangesWithin(now, NearDays) ?? ChangesWithin(now, MaxDaysAhead);

    private DateTimeOffset? ChangesWithin(DateTimeOffset now, int days)
    {
        var isHolding = Contains(now);
        return Ranges.SelectMany(range => range.Edges(now, days)).Where(edge => edge > now).Distinct().Order()
            .Select(edge => (DateTimeOffset?)edge.ToUniversalTime()).FirstOrDefault(edge => Contains(edge!.Value) != isHolding);
    }
}
