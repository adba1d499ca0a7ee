using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

/// <summary>N4: which branches take an alert, and what they take from above. The cases of the tree are those of Alertmanager's dispatch tests, in our words.</summary>
public sealed class RouteTreeTests
{
    private const string Alertmanagers = """
        routes:
          - match: ["owner=~team-A"]
            notify: [notify-A]
            routes:
              - { match: [env=testing], notify: [notify-testing] }
              - { match: [env=production], notify: [notify-productionA], groupWait: 1m, continue: true }
              - { match: ["env=~production.*", "job=~.*"], notify: [notify-productionB], groupWait: 30s, groupBy: [job] }
          - match: ["owner=~team-(B|C)"]
            groupBy: [foo, bar]
            groupInterval: 5m
            notify: [notify-BC]
          - match: [group_by=role]
            groupBy: [role]
            routes:
              - match: [env=testing]
                notify: [notify-testing]
                routes:
                  - match: [wait=long]
                    groupWait: 2m
        """;

    [Theory]
    [InlineData("owner=team-A", "{owner=~team-A}: notify-A")]
    [InlineData("owner=team-A env=unset", "{owner=~team-A}: notify-A")]
    [InlineData("owner=team-C", "{owner=~team-(B|C)}: notify-BC by foo,bar")]
    [InlineData("owner=team-A env=testing", "{owner=~team-A} > {env=testing}: notify-testing")]
    [InlineData("owner=team-A env=production", "{owner=~team-A} > {env=production}: notify-productionA after 1m & {owner=~team-A} > {env=~production.*, job=~.*}: notify-productionB after 30s by job")]
    [InlineData("group_by=role", "{group_by=role}: of-rule by role")]
    [InlineData("group_by=role env=testing", "{group_by=role} > {env=testing}: notify-testing by role")]
    [InlineData("group_by=role env=testing wait=long", "{group_by=role} > {env=testing} > {wait=long}: notify-testing after 2m by role")]
    [InlineData("owner=team-AB", "rule: of-rule")]
    public void Find_CasesOfAlertmanager(string labels, string expected) =>
        Assert.Equal(expected.Split(" & "), Tree(Alertmanagers).Find(Labels(labels), ["of-rule"]).Select(Describe));

    [Fact]
    public void Find_AParentThatAgreesButNoChild_KeepsTheAlertAndEndsTheSearch() => Assert.Equal(
        ["{app=notes}: a"],
        Tree("routes:\n  - { match: [app=notes], notify: [a], routes: [{ match: [os=ios], notify: [b] }] }\n  - { notify: [c] }").Find(Labels("app=notes os=android"), []).Select(Describe));

    [Fact]
    public void Find_Continue_GoesOnBesideAndNotBelow() => Assert.Equal(
        ["{app=notes} > {os=ios}: b", "{}: c"],
        Tree("routes:\n  - { match: [app=notes], notify: [a], continue: true, routes: [{ match: [os=ios], notify: [b] }] }\n  - { notify: [c] }").Find(Labels("app=notes os=ios"), []).Select(Describe));

    [Theory]
    [InlineData("2026-11-26T12:00:00Z", null, null)]
    [InlineData("2026-11-26T23:00:00Z", "nights", "2026-11-27T05:00:00Z")]
    [InlineData("2026-11-28T12:00:00Z", "weekends", "2026-11-29T23:00:00Z")]
    [InlineData("2026-11-28T23:00:00Z", "weekends", "2026-11-29T23:00:00Z")]           // both hold: the one that lets go last
    public void HoldOf_MuteTimes_NameTheIntervalAndItsEnd(string at, string? interval, string? until) =>
        Assert.Equal((interval, until), Held("muteTimes: [nights, weekends]", at));

    [Theory]
    [InlineData("2026-11-26T23:00:00Z", null, null)]
    [InlineData("2026-11-26T12:00:00Z", "nights", "2026-11-26T21:00:00Z")]             // held until the first of them begins
    public void HoldOf_ActiveTimes_HoldOutsideOfThem(string at, string? interval, string? until) =>
        Assert.Equal((interval, until), Held("activeTimes: [nights, weekends]", at));

    [Fact]
    public void HoldOf_TheBranchBelow_KeepsTheTimesAboveUnlessItNamesItsOwn()
    {
        var tree = Tree(Intervals + "routes:\n  - { match: [app=notes], muteTimes: [nights], routes: [{ match: [os=ios] }, { match: [os=android], muteTimes: [] }] }");
        var night = new DateTimeOffset(2026, 11, 26, 23, 0, 0, TimeSpan.Zero);
        Assert.Equal("nights", tree.HoldOf(tree.Find(Labels("app=notes os=ios"), []).Single(), night)?.Interval);
        Assert.Null(tree.HoldOf(tree.Find(Labels("app=notes os=android"), []).Single(), night));
    }

    [Fact]
    public void FindAny_OnlySomeLabelsKnown_NamesEveryBranchThatMayTakeThem()
    {
        var tree = Tree("routes:\n  - { match: [severity=critical, app=notes], notify: [a] }\n  - { match: [severity=info], notify: [b] }\n  - { match: [os=ios], notify: [c] }");
        Assert.Equal(["of-rule", "a"], tree.FindAny(Labels("severity=critical"), label => label == "app", ["of-rule"]).SelectMany(destination => destination.Receivers));
    }

    /// <summary>Whatever the tree and the alert: somebody hears of it, now or once a named interval lets go, or the answer says why nobody does; and the walk is that of the definition.</summary>
    [Fact]
    public void Reach_AnyTreeAndAlert_ReachesSomebodyOrSaysWhyNot() => Prop.ForAll(SomeRoutes.Cases.ToArbitrary(), found =>
    {
        var (document, labels, configured, now) = found;
        var tree = document.Tree;
        var reach = Reach.Of(tree, labels, ["a"], configured.Contains, now);
        var heard = reach.Now.Concat(reach.Later).Concat(reach.Legs.Where(leg => leg.IsGrouped).SelectMany(leg => leg.Receivers)).ToArray();
        return reach.Legs.Count > 0
            && (heard.Length > 0) == reach.WhyNobody is null
            && heard.All(configured.Contains)
            && !reach.Now.Intersect(reach.Later).Any()
            && reach.Legs.All(leg => leg.Hold is null || leg.Hold.Until is null || leg.Hold.Until > now)
            && tree.Find(labels, ["a"]).Select(Describe).SequenceEqual(Defined(document.Routes, labels, new Destination(Destination.OfRule, ["a"])).Select(Describe))
            && tree.Find(labels, ["a"]).All(destination => tree.FindAny(new Dictionary<string, string>(), _ => true, ["a"]).Any(known => Describe(known) == Describe(destination)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    /// <summary>The definition, without a loop: the first branch that takes the alert, and what follows it only if that one goes on.</summary>
    private static Destination[] Defined(IReadOnlyList<Route> branches, IReadOnlyDictionary<string, string> labels, Destination above)
    {
        var below = Branches([.. branches]).ToArray();
        return below.Length == 0 ? [above] : below;

        IEnumerable<Destination> Branches(Route[] rest) => rest switch
        {
            [] => [],
            [var first, .. var others] when !first.Match.All(matcher => matcher.Matches(labels)) => Branches(others),
            [var first, .. var others] => Defined(first.Routes, labels, above.Below(first)).Concat(first.Continue ? Branches(others) : []),
        };
    }

    private const string Intervals = """
        timeIntervals:
          nights: [{ times: ["22:00-24:00", "00:00-06:00"], zone: Europe/Berlin }]
          weekends: [{ weekdays: [saturday, sunday], zone: Europe/Berlin }]

        """;

    private static (string?, string?) Held(string times, string at)
    {
        var tree = Tree(Intervals + $"routes:\n  - {{ {times} }}");
        var hold = tree.HoldOf(tree.Find(Labels("app=notes"), []).Single(), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        return (hold?.Interval, hold?.Until?.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Describe(Destination destination) =>
        $"{destination.Path}: {string.Join(",", destination.Receivers)}{(destination.GroupWait is { } wait ? $" after {Durations.Format(wait)}" : "")}{(destination.GroupBy is { } by ? $" by {string.Join(",", by)}" : "")}";

    private static Dictionary<string, string> Labels(string text) => text.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static RouteTree Tree(string yaml)
    {
        var reading = RuleDocumentReader.Read(yaml);
        Assert.Empty(reading.Problems);
        return reading.Document!.Tree;
    }
}
