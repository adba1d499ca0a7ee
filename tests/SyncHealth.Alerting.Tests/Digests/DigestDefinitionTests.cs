using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Digests;

/// <summary>When a digest is due, also on the days on which clocks change.</summary>
public sealed class DigestDefinitionTests
{
    [Theory]
    [InlineData("{ at: '08:00', zone: Europe/Berlin }", "2026-11-26T06:59:59Z", "2026-11-25T07:00:00Z")]
    [InlineData("{ at: '08:00', zone: Europe/Berlin }", "2026-11-26T07:00:00Z", "2026-11-26T07:00:00Z")]
    [InlineData("{ at: '08:00', zone: Europe/Berlin }", "2026-03-29T06:00:00Z", "2026-03-29T06:00:00Z")]           // summer time began that night
    [InlineData("{ at: '02:30', zone: Europe/Berlin }", "2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z")]           // 02:30 never came: 03:00
    [InlineData("{ at: '02:30', zone: Europe/Berlin }", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z")]           // came twice: the first
    [InlineData("{ at: '02:30', zone: Europe/Berlin }", "2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z")]           // and not again
    [InlineData("{ every: monday }", "2026-11-29T23:59:59Z", "2026-11-23T08:00:00Z")]
    [InlineData("{ every: monday }", "2026-11-30T08:00:00Z", "2026-11-30T08:00:00Z")]
    [InlineData("{ at: '00:00', zone: America/New_York }", "2026-11-26T04:00:00Z", "2026-11-25T05:00:00Z")]
    public void DueAt_IsTheNewestMomentThatCame(string keys, string now, string due) =>
        Assert.Equal(Time(due), Digest(keys).DueAt(Time(now)));

    [Fact]
    public void Before_IsADayOrAWeekByTheClockOnTheWall()
    {
        Assert.Equal(Time("2026-10-24T06:00:00Z"), Digest("{ zone: Europe/Berlin }").Before(Time("2026-10-25T07:00:00Z")));    // 25 hours
        Assert.Equal(Time("2026-11-23T08:00:00Z"), Digest("{ every: monday }").Before(Time("2026-11-30T08:00:00Z")));
    }

    /// <summary>Looked at whenever: every due moment lies at or before now, none lies between it and now, and each day has exactly one.</summary>
    [Fact]
    public void DueAt_AnyMoments_AreOneADay() => Prop.ForAll(Cases.ToArbitrary(), found =>
    {
        var (zone, minute, start) = found;
        var digest = new DigestDefinition("d", ["slack"]) { Minute = minute, Zone = zone };
        var due = Enumerable.Range(0, 24 * 4).Select(hour => digest.DueAt(start.AddHours(hour))).ToArray();
        return due.Zip(due.Skip(1)).All(pair => pair.First <= pair.Second)
            && due.Index().All(pair => pair.Item <= start.AddHours(pair.Index) && start.AddHours(pair.Index) - pair.Item <= TimeSpan.FromHours(25.5))
            && due.Distinct().Select(moment => TimeZoneInfo.ConvertTime(moment, zone).Date).Distinct().Count() == due.Distinct().Count()
            && due.All(moment => digest.DueAt(moment) == moment && digest.Before(moment) < moment);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    [Theory]
    [InlineData("name: d", "digests[0]", "names no receiver")]
    [InlineData("name: d, notify: []", "digests[0].notify", "slack, email or webhook")]
    [InlineData("notify: [slack]", "digests[0]", "'name' is missing")]
    [InlineData("name: d, notify: [slack], every: week", "digests[0].every", "Allowed: day, sunday, monday")]
    [InlineData("name: d, notify: [slack], at: '8:00'", "digests[0].at", "as 08:00")]
    [InlineData("name: d, notify: [slack], at: '24:00'", "digests[0].at", "as 08:00")]
    [InlineData("name: d, notify: [slack], zone: Berlin", "digests[0].zone", "IANA")]
    [InlineData("name: d, notify: [slack], day: monday", "digests[0].day", "unknown key. Allowed: name, app, every, at, zone, notify")]
    public void Read_Mistake_NamesKeyAndWhatIsAllowed(string keys, string key, string message)
    {
        var problem = Assert.Single(RuleDocumentReader.Read($"digests:\n  - {{ {keys} }}").Problems);
        Assert.Equal((2, key), (problem.Line, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static Gen<(TimeZoneInfo Zone, int Minute, DateTimeOffset Start)> Cases =>
        from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
        from minute in Gen.Choose(0, (24 * 60) - 1)
        from day in Gen.Elements("2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03", "2026-12-30")
        from hour in Gen.Choose(0, 48)
        select (TimeZoneInfo.FindSystemTimeZoneById(zone), minute, Time(day + "T00:00:00Z").AddHours(hour));

    private static DigestDefinition Digest(string keys)
    {
        var reading = RuleDocumentReader.Read($"digests:\n  - {{ name: d, notify: [slack], {keys.Trim('{', '}')} }}");
        Assert.Empty(reading.Problems);
        return Assert.Single(reading.Document!.Digests);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
