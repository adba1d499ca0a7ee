using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Rules;

/// <summary>A bad route is refused with its key, its line and what is allowed.</summary>
public sealed class RouteReaderTests
{
    [Theory]
    [InlineData("routes:\n  - { matches: [app=notes] }", 2, "routes[0].matches", "unknown key. Allowed: match, notify, continue, groupBy")]
    [InlineData("routes:\n  - match: [app]\n    notify: [a]", 2, "routes[0].match", "'app' is no matcher: write LABEL=VALUE")]
    [InlineData("routes:\n  - match: ['app=~(']", 2, "routes[0].match", "is no pattern that can be matched in linear time")]
    [InlineData("routes:\n  - match: []", 2, "routes[0].match", "Leave it out to take every alert")]
    [InlineData("routes:\n  - { match: [app=a], notify: [] }", 2, "routes[0].notify", "names no receiver")]
    [InlineData("routes:\n  - notify: [a]\n  - { match: [app=x], notify: [b] }", 2, "routes[0]", "takes every alert, so the routes after it are never asked")]
    [InlineData("routes:\n  - { match: [app=a], continue: maybe }", 2, "routes[0].continue", "Allowed: true, false")]
    [InlineData("routes:\n  - { match: [app=a], groupBy: ['a b'] }", 2, "routes[0].groupBy", "Allowed: rule, app, severity, class, metric, environment")]
    [InlineData("routes:\n  - { match: [app=a], groupBy: ['...', app] }", 2, "routes[0].groupBy", "so it stands alone")]
    [InlineData("routes:\n  - { match: [app=a], groupInterval: 5m }", 2, "routes[0].groupInterval", "needs 'groupBy'")]
    [InlineData("routes:\n  - { match: [app=a], repeatInterval: 1h }", 2, "routes[0].repeatInterval", "needs 'groupBy'")]
    [InlineData("routes:\n  - { match: [app=a], groupBy: [app], groupInterval: 2d }", 2, "routes[0].groupInterval", "from 1s to 1d")]
    [InlineData("routes:\n  - { match: [app=a], groupWait: 2h }", 2, "routes[0].groupWait", "from 0s to 1h")]
    [InlineData("routes:\n  - { match: [app=a], muteTimes: [nights] }", 2, "routes[0].muteTimes", "Allowed: none is defined")]
    [InlineData("timeIntervals:\n  nights: [{ times: ['22:00-24:00'] }]\nroutes:\n  - match: [app=a]\n    routes:\n      - activeTimes: [night]", 6, "routes[0].routes[0].activeTimes", "Allowed: nights")]
    [InlineData("routes: { match: [app=a] }", 1, "routes", "must be a list of mappings")]
    [InlineData("timeIntervals:\n  n: { times: ['22:00-24:00'] }", 2, "timeIntervals.n", "must be a list of ranges")]
    [InlineData("timeIntervals:\n  n: [{ zone: UTC }]", 2, "timeIntervals.n[0]", "holds always")]
    [InlineData("timeIntervals:\n  n: [{ times: ['22:00-06:00'] }]", 2, "timeIntervals.n[0].times", "over midnight write 22:00-24:00 and 00:00-06:00")]
    [InlineData("timeIntervals:\n  n: [{ times: ['22:60-24:00'] }]", 2, "timeIntervals.n[0].times", "'22:60-24:00' is not understood")]
    [InlineData("timeIntervals:\n  n: [{ times: ['22:00-24:01'] }]", 2, "timeIntervals.n[0].times", "is not understood")]
    [InlineData("timeIntervals:\n  n: [{ times: [] }]", 2, "timeIntervals.n[0].times", "is empty")]
    [InlineData("timeIntervals:\n  n: [{ weekdays: [Mon] }]", 2, "timeIntervals.n[0].weekdays", "a day or span as monday-friday")]
    [InlineData("timeIntervals:\n  n: [{ weekdays: [friday-monday] }]", 2, "timeIntervals.n[0].weekdays", "is not understood")]
    [InlineData("timeIntervals:\n  n: [{ daysOfMonth: ['0'] }]", 2, "timeIntervals.n[0].daysOfMonth", "1 to 31")]
    [InlineData("timeIntervals:\n  n: [{ daysOfMonth: ['1..-1'] }]", 2, "timeIntervals.n[0].daysOfMonth", "is not understood")]
    [InlineData("timeIntervals:\n  n: [{ months: [13] }]", 2, "timeIntervals.n[0].months", "a month or span as june-august")]
    [InlineData("timeIntervals:\n  n: [{ years: ['1999'] }]", 2, "timeIntervals.n[0].years", "from 2000 to 2200")]
    [InlineData("timeIntervals:\n  n: [{ times: ['22:00-24:00'], zone: Berlin }]", 2, "timeIntervals.n[0].zone", "is no zone of the IANA database")]
    [InlineData("timeIntervals:\n  n: [{ times: ['22:00-24:00'], zone: Europe/Berlni }]", 2, "timeIntervals.n[0].zone", "Write it as Europe/Berlin")]
    [InlineData("timeIntervals:\n  n: [{ hours: ['22:00-24:00'], years: ['2026'] }]", 2, "timeIntervals.n[0].hours", "unknown key. Allowed: zone, times, weekdays")]
    public void Read_Mistake_NamesKeyLineAndWhatIsAllowed(string yaml, int line, string key, string message)
    {
        var problem = Assert.Single(RuleDocumentReader.Read(yaml).Problems);
        Assert.Equal((line, key), (problem.Line, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooDeep_IsRefused()
    {
        var yaml = string.Concat(Enumerable.Range(0, 9).Select(level => $"{new string(' ', level * 4)}routes:\n{new string(' ', (level * 4) + 2)}- match: [app=a]\n"));
        Assert.Contains("at most 8 levels deep", Assert.Single(RuleDocumentReader.Read(yaml).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooMany_IsRefused() => Assert.Contains(
        "at most 500 routes",
        Assert.Single(RuleDocumentReader.Read("routes:\n" + string.Concat(Enumerable.Range(0, 502).Select(number => $"  - match: [app=a{number}]\n"))).Problems).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Check_ReceiverOfARoute_ThatIsNotConfigured_IsNamedWithItsPlace()
    {
        var routes = RuleDocumentReader.Read("routes:\n  - match: [app=a]\n    routes:\n      - notify: [teem]").Document!.Routes;
        Assert.Equal(
            "line 4: routes[0].routes[0].notify: receiver 'teem' is not configured. Allowed: jira, pagerduty, slack, team.",
            Assert.Single(ReceiverNames.Check([], routes, ["team"])).ToString());
    }
}
