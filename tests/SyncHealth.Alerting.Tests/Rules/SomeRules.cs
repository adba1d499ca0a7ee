using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Tests.Rules;

/// <summary>Rules that a reader could have read, with every key set to something else than its default about half of the time.</summary>
internal static class SomeRules
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "a", "sync", "2.4.1", "null", "yes", "0x1f", "12", "1e3", "a: b", "#x", "- y", "é", "😀", "tab\there", "line\nend\r", "quote\"s", "back\\slash", " space ", "\u2028", "\u0001", "'", "{}", "[a]", "&x", "*y", "!z", "%", "@", "`");

    private static readonly Gen<TimeSpan> Spans = Gen.Choose(0, 86_400).Select(seconds => TimeSpan.FromSeconds(seconds));

    private static readonly Gen<Dictionary<string, string>> Maps =
        Gen.Zip(Texts, Texts).ListOf(3).Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static readonly Gen<AlertRule> Rules =
        from metric in Gen.Elements(Enum.GetValues<RuleMetric>())
        let traits = MetricTraits.Of(metric)
        from below in Gen.Elements(true, false)
        from groups in traits.Basis == MetricBasis.Releases ? Gen.Elements<string[]>(["app_version"], ["network", "app_version", "os"]) : Gen.SubListOf("app_version", "os", "tag:cohort").Select(names => names.ToArray())
        from moves in Gen.Elements(true, false)
        from rule in Fill(new AlertRule
        {
            Name = "", Metric = metric, Limit = 0, Recover = 0, Window = TimeSpan.Zero, MinAttempts = 0, MinDevices = 0,
            Below = below && traits.IsBadBelow is null, By = groups,
        })
        from threshold in Gen.Choose(0, 1000).Select(number => number / 10.0)
        let isComparison = moves && traits.Basis is MetricBasis.Attempts or MetricBasis.Count
        select traits.Basis == MetricBasis.Releases ? ByVerdict(rule) : isComparison
            ? rule with { Comparison = new RuleComparison(threshold, threshold / 2, groups.Contains("app_version") ? ComparedWith.PreviousRelease : ComparedWith.LastWeek) }
            : rule with { Limit = threshold, Recover = rule.IsBadBelow ? Math.Min(threshold + 1, 100) : threshold / 2 };

    public static readonly Gen<RuleDocument> Documents =
        Rules.ListOf().Select(rules => new RuleDocument([.. rules.Select((rule, index) => rule with { Name = $"rule {index}: {rule.Name}" })], []));

    /// <summary>Whether two rules say the same, wherever they stand in their files.</summary>
    public static bool Same(AlertRule one, AlertRule other) => JsonSerializer.Serialize(Sorted(one)) == JsonSerializer.Serialize(Sorted(other));

    private static AlertRule Sorted(AlertRule rule) => rule with
    {
        Line = 0, Labels = new SortedDictionary<string, string>(rule.Labels.ToDictionary(), StringComparer.Ordinal),
        Annotations = new SortedDictionary<string, string>(rule.Annotations.ToDictionary(), StringComparer.Ordinal),
    };

    /// <summary>What the verdict decides by itself stands at its default, because no file can say otherwise.</summary>
    private static AlertRule ByVerdict(AlertRule rule) => rule with
    {
        Window = TimeSpan.FromDays(30), Confidence = 0.95, MinDevices = 0, NewGroupGrace = TimeSpan.Zero, Mode = RuleMode.Point, NoData = NoDataPolicy.Hold,
    };

    private static Gen<AlertRule> Fill(AlertRule rule) =>
        from name in Texts
        from app in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(text => (string?)text))
        from environment in Gen.OneOf(Gen.Constant("production"), Texts)
        from window in Spans.Select(span => TimeSpan.FromMinutes(Math.Max(1, (int)span.TotalMinutes)))
        from hold in Spans
        from keep in Spans
        from numbers in Gen.Choose(1, 500).Three()
        from flags in Gen.Elements(true, false).Three()
        from labels in Maps
        from annotations in Maps
        from values in Texts.ListOf(2)
        from severity in Gen.Elements(Enum.GetValues<AlertSeverity>())
        let traits = rule.Traits
        let isEvent = flags.Item1 && traits.Basis is MetricBasis.Attempts
        select rule with
        {
            Name = name, App = app, Environment = environment, Window = window, For = hold, KeepFiringFor = keep,
            DepthOver = rule.Metric == RuleMetric.QueueDepthShare ? numbers.Item1 : 0,
            ExcludesOffline = traits.CanExcludeOffline && flags.Item2,
            Age = traits.AgeKey is null ? TimeSpan.Zero : TimeSpan.FromMinutes(numbers.Item2),
            Filter = [.. values.Select(value => "os:" + value).Distinct()],
            IgnoreErrors = flags.Item2 && traits.Basis == MetricBasis.Attempts ? ["offline", "cancelled"] : [],
            Mode = flags.Item3 && traits.IsShare ? RuleMode.Bound : RuleMode.Point, Confidence = 0.5 + (numbers.Item1 / 1001.0),
            MinAttempts = traits.Basis == MetricBasis.Attempts ? numbers.Item3 : 0, MinDevices = traits.Basis == MetricBasis.Count ? 0 : numbers.Item2,
            NoData = flags.Item2 && traits.Basis is MetricBasis.Attempts or MetricBasis.Devices ? NoDataPolicy.Alert : NoDataPolicy.Hold,
            NewGroupGrace = rule.By.Count == 0 ? TimeSpan.Zero : keep, Clock = isEvent ? RuleClock.Event : RuleClock.Arrival,
            LateLimit = isEvent ? hold : TimeSpan.Zero, GroupWait = TimeSpan.FromSeconds(numbers.Item1), Severity = severity,
            Notify = [.. values.Distinct()], Labels = labels, Annotations = annotations, Runbook = flags.Item1 ? "https://wiki.example.com/a?b=c#d" : null,
        };
}
