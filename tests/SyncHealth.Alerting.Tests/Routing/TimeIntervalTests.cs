using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

/// <summary>N4: moments by calendar, clock and zone, over every edge of a day, a month and summer time.</summary>
public sealed class TimeIntervalTests
{
    [Theory]
    [InlineData("times: ['09:00-17:30']", "2026-11-26T09:00:00Z", true)]
    [InlineData("times: ['09:00-17:30']", "2026-11-26T08:59:59Z", false)]
    [InlineData("times: ['09:00-17:30']", "2026-11-26T17:29:59Z", true)]
    [InlineData("times: ['09:00-17:30']", "2026-11-26T17:30:00Z", false)]
    [InlineData("times: ['22:00-24:00', '00:00-06:00']", "2026-11-26T23:59:59Z", true)]
    [InlineData("times: ['22:00-24:00', '00:00-06:00']", "2026-11-27T00:00:00Z", true)]
    [InlineData("times: ['22:00-24:00', '00:00-06:00']", "2026-11-27T06:00:00Z", false)]
    [InlineData("weekdays: [monday-friday]", "2026-11-27T23:59:59Z", true)]                            // a Friday
    [InlineData("weekdays: [monday-friday]", "2026-11-28T00:00:00Z", false)]
    [InlineData("weekdays: [saturday, sunday]", "2026-11-29T12:00:00Z", true)]
    [InlineData("daysOfMonth: ['1..5', '-3..-1']", "2026-11-28T12:00:00Z", true)]
    [InlineData("daysOfMonth: ['1..5', '-3..-1']", "2026-11-27T12:00:00Z", false)]
    [InlineData("daysOfMonth: ['-1']", "2028-02-29T12:00:00Z", true)]                                   // a leap day
    [InlineData("daysOfMonth: ['-1']", "2026-02-28T12:00:00Z", true)]
    [InlineData("daysOfMonth: ['31']", "2026-11-30T12:00:00Z", false)]
    [InlineData("months: [june-august]", "2026-08-31T23:59:59Z", true)]
    [InlineData("months: [june-august]", "2026-09-01T00:00:00Z", false)]
    [InlineData("years: ['2026..2027']", "2027-12-31T23:59:59Z", true)]
    [InlineData("years: ['2026..2027']", "2028-01-01T00:00:00Z", false)]
    [InlineData("weekdays: [friday], times: ['20:00-24:00'], zone: America/New_York", "2026-11-28T01:30:00Z", true)]   // Friday evening there
    [InlineData("times: ['20:00-21:00'], zone: Australia/Lord_Howe", "2026-11-26T09:30:00Z", true)]    // UTC+11 in summer
    public void Contains_EdgesOfDayWeekMonthAndYear(string range, string at, bool expected) => Assert.Equal(expected, Interval(range).Contains(Time(at)));

    /// <summary>Europe/Berlin left out 02:00 to 03:00 on 2026-03-29 (01:00 UTC) and repeated it on 2026-10-25 (00:00 to 02:00 UTC).</summary>
    [Theory]
    [InlineData("02:00-03:00", "2026-03-29T00:59:59Z", false)]       // 01:59:59
    [InlineData("02:00-03:00", "2026-03-29T01:00:00Z", false)]       // 03:00: 02:30 never came
    [InlineData("01:30-03:30", "2026-03-29T01:15:00Z", true)]        // 03:15
    [InlineData("02:00-03:00", "2026-10-25T00:30:00Z", true)]        // 02:30, the first time
    [InlineData("02:00-03:00", "2026-10-25T01:30:00Z", true)]        // 02:30, the second time
    [InlineData("02:00-03:00", "2026-10-25T02:00:00Z", false)]       // 03:00
    [InlineData("02:00-03:00", "2026-10-24T23:59:59Z", false)]       // 01:59:59
    public void Contains_WhenTheClocksChange_AsksTheClockOnTheWall(string times, string at, bool expected) =>
        Assert.Equal(expected, Interval($"times: ['{times}'], zone: Europe/Berlin").Contains(Time(at)));

    [Theory]
    [InlineData("times: ['22:00-24:00', '00:00-06:00'], zone: Europe/Berlin", "2026-11-26T22:00:00Z", "2026-11-27T05:00:00Z")]
    [InlineData("times: ['22:00-24:00', '00:00-06:00'], zone: Europe/Berlin", "2026-03-28T23:30:00Z", "2026-03-29T04:00:00Z")]     // the night is an hour shorter
    [InlineData("times: ['22:00-24:00', '00:00-06:00'], zone: Europe/Berlin", "2026-10-24T22:30:00Z", "2026-10-25T05:00:00Z")]     // and an hour longer
    [InlineData("times: ['01:00-02:30'], zone: Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]                    // its end never came
    [InlineData("times: ['02:00-03:00'], zone: Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")]                    // both hours
    [InlineData("weekdays: [saturday-saturday, sunday]", "2026-11-28T10:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("months: [november-december]", "2026-11-28T10:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("years: ['2026..2030']", "2026-11-28T10:00:00Z", null)]                                                            // more than a year away
    [InlineData("times: ['09:00-17:00']", "2026-11-28T08:00:00Z", "2026-11-28T09:00:00Z")]                                         // when it begins
    public void ChangesAfter_IsTheFirstMomentOfAnotherAnswer(string range, string now, string? expected) =>
        Assert.Equal(expected is null ? (DateTimeOffset?)null : Time(expected), Interval(range).ChangesAfter(Time(now)));

    /// <summary>The oracle walks minute by minute: nothing changes before the moment that was named, and something does at it.</summary>
    [Fact]
    public void ChangesAfter_AnyRangeAndMoment_IsWhatAMinuteHandFinds() => Prop.ForAll(Cases.ToArbitrary(), found =>
    {
        var (range, now) = found;
        var interval = new TimeInterval("x", [range]);
        var first = Enumerable.Range(1, 3 * CalendarRange.MinutesPerDay).Select(minute => (DateTimeOffset?)now.AddMinutes(minute)).FirstOrDefault(at => interval.Contains(at!.Value) != interval.Contains(now));
        var named = interval.ChangesAfter(now);
        return first is null ? named is null || named > now.AddDays(3) : named == first;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true));

    private static Gen<(CalendarRange Range, DateTimeOffset Now)> Cases =>
        from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
        from start in Gen.Choose(0, CalendarRange.MinutesPerDay - 1)
        from length in Gen.Choose(1, CalendarRange.MinutesPerDay)
        from weekday in Gen.Choose(0, 6)
        from day in Gen.Elements("2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03", "2026-12-31", "2028-02-28")
        from minute in Gen.Choose(0, 2 * CalendarRange.MinutesPerDay)
        from hasDay in Gen.Elements(true, false)
        select (new CalendarRange
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Times = [new NumberSpan(start, Math.Min(start + length, CalendarRange.MinutesPerDay))],
            Weekdays = hasDay ? [new NumberSpan(weekday, 6)] : [],
        }, Time(day + "T00:00:00Z").AddMinutes(minute));

    private static TimeInterval Interval(string range)
    {
        var reading = RuleDocumentReader.Read($"timeIntervals:\n  x: [{{ {range} }}]\n");
        Assert.Empty(reading.Problems);
        return Assert.Single(reading.Document!.TimeIntervals);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
