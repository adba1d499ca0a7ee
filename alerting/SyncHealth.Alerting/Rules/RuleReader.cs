namespace SyncHealth.Alerting.Rules;

/// <summary>Reads one entry of <c>rules</c>, fills in the contract's defaults and refuses what cannot be meant.</summary>
internal static class RuleReader
{
    private static readonly string[] Allowed =
    [
        "name", "metric", "below", "above", "dropsBy", "risesBy", "comparedWith", "depthOver", "slowerThan", "staleAfter", "silentAfter", "excludeOffline",
        "app", "environment", "filter", "by", "ignoreErrors", "window", "for", "keepFiringFor", "recover", "mode", "confidence", "minAttempts",
        "minDevices", "noData", "newGroupGrace", "clock", "lateLimit", "groupWait", "severity", "notify", "labels", "annotations", "runbook",
    ];

    private static readonly Dictionary<string, RuleClock> Clocks = new() { ["arrival"] = RuleClock.Arrival, ["event"] = RuleClock.Event };

    private static readonly Dictionary<string, bool> YesOrNo = new() { ["true"] = true, ["false"] = false };

    private static readonly Dictionary<string, RuleMode> Modes = Enum.GetValues<RuleMode>().ToDictionary(Wording.Of);

    private static readonly Dictionary<string, NoDataPolicy> Policies = Enum.GetValues<NoDataPolicy>().ToDictionary(Wording.Of);

    private static readonly Dictionary<string, AlertSeverity> Severities =
        Enum.GetValues<AlertSeverity>().ToDictionary(Wording.Of);

    public static AlertRule? Read(Section section)
    {
        section.RefuseUnknown(Allowed);
        var name = section.RequiredText("name");
        if (ReadMetric(section) is not { } metric || ThresholdReader.Read(section, MetricTraits.Of(metric)) is not { } threshold || name is null)
            return null;

        var traits = MetricTraits.Of(metric);
        if (traits.Basis == MetricBasis.Releases && !ReleaseRule.Check(section, traits))
            return null;
        var by = ReadBy(section, traits);
        var clock = ReadClock(section, traits);
        if (threshold.Comparison is { With: ComparedWith.PreviousRelease } && !by.Contains("app_version"))
            section.Refuse("comparedWith", "previous_release needs by: [app_version].");
        return WithEvidence(section, traits, new AlertRule
        {
            Name = name,
            Line = section.Line,
            Metric = metric,
            Limit = threshold.Limit,
            Recover = threshold.Recover,
            Below = threshold.Below && traits.IsBadBelow is null,
            Comparison = threshold.Comparison,
            DepthOver = ReadDepthOver(section, metric),
            Age = ReadAge(section, traits),
            ExcludesOffline = ReadExcludeOffline(section, traits),
            App = section.Text("app"),
            Environment = section.Text("environment") ?? "production",
            By = by,
            Filter = ReadFilter(section, traits),
            IgnoreErrors = ReadIgnored(section, traits),
            Window = section.Duration("window", RuleLimits.MinWindow, RuleLimits.MaxWindow(traits)) ?? RuleLimits.DefaultWindow(traits),
            For = section.Duration("for", TimeSpan.Zero, RuleLimits.MaxHold) ?? RuleLimits.DefaultFor(traits),
            KeepFiringFor = section.Duration("keepFiringFor", TimeSpan.Zero, RuleLimits.MaxHold) ?? TimeSpan.Zero,
            MinAttempts = 0,
            MinDevices = 0,
            Clock = clock,
            LateLimit = ReadLateLimit(section, clock),
            GroupWait = section.Duration("groupWait", TimeSpan.Zero, RuleLimits.MaxGroupWait) ?? RuleLimits.DefaultGroupWait,
            Severity = section.Choice("severity", Severities) ?? AlertSeverity.Warning,
            Notify = section.Texts("notify"),
            Labels = section.TextMap("labels"),
            Annotations = section.TextMap("annotations"),
            Runbook = ReadRunbook(section),
        });
    }

    private static AlertRule WithEvidence(Section section, MetricTraits traits, AlertRule rule) => rule with
    {
        Mode = ReadMode(section, traits, rule),
        Confidence = section.Number("confidence", 0.5, 0.9999) ?? RuleLimits.DefaultConfidence,
        MinAttempts = ReadMinAttempts(section, traits),
        MinDevices = ReadMinDevices(section, traits),
        NoData = ReadNoData(section, traits),
        NewGroupGrace = ReadGrace(section, rule),
    };

    private static RuleMetric? ReadMetric(Section section)
    {
        if (section.RequiredText("metric") is not { } key)
            return null;
        if (MetricTraits.Find(key) is { } metric)
            return metric;
        section.Refuse("metric", $"'{key}' is not known. Allowed: {string.Join(", ", MetricTraits.Keys)}.");
        return null;
    }

    private static int ReadDepthOver(Section section, RuleMetric metric)
    {
        if (metric == RuleMetric.QueueDepthShare && !section.Has("depthOver"))
            section.Refuse("", "'depthOver' is missing: queue_depth_share needs the depth above which a device counts.");
        if (metric != RuleMetric.QueueDepthShare && section.Has("depthOver"))
            section.Refuse("depthOver", "belongs to queue_depth_share only.");
        return section.Integer("depthOver", 0, int.MaxValue) ?? 0;
    }

    private static TimeSpan ReadAge(Section section, MetricTraits traits)
    {
        foreach (var key in RuleLimits.Ages.Keys.Where(key => key != traits.AgeKey && section.Has(key)))
            section.Refuse(key, $"does not belong to {traits.Key}" + (traits.AgeKey is { } own ? $", which takes '{own}'." : "."));
        if (traits.AgeKey is not { } age)
            return TimeSpan.Zero;
        if (!section.Has(age))
            section.Refuse("", $"'{age}' is missing: {traits.Key} needs the duration beyond which something counts.");
        return section.Duration(age, TimeSpan.FromSeconds(1), RuleLimits.Ages[age]) ?? TimeSpan.Zero;
    }

    private static bool ReadExcludeOffline(Section section, MetricTraits traits)
    {
        if (!traits.CanExcludeOffline && section.Has("excludeOffline"))
            section.Refuse("excludeOffline", "belongs to freshness_share and staleness_share only.");
        return section.Choice("excludeOffline", YesOrNo) ?? false;
    }

    private static IReadOnlyList<string> ReadBy(Section section, MetricTraits traits)
    {
        var by = section.Texts("by");
        foreach (var dimension in by.Where(dimension => !RuleDimensions.IsAllowed(traits, dimension)))
            section.Refuse("by", $"'{dimension}' is not known for {traits.Key}. Allowed: {RuleDimensions.AllowedFor(traits)}.");
        return traits.Basis == MetricBasis.Releases ? ReleaseRule.ReadBy(section, by) : by;
    }

    private static IReadOnlyList<string> ReadFilter(Section section, MetricTraits traits)
    {
        var filters = section.Texts("filter");
        foreach (var filter in filters.Where(filter => RuleDimensions.OfFilter(filter) is not { } dimension || !RuleDimensions.CanFilter(traits, dimension)))
            section.Refuse("filter", $"'{filter}' is no filter of {traits.Key}. Write dimension:value, as os:android; allowed dimensions: {RuleDimensions.FiltersFor(traits)}.");
        return filters;
    }

    private static IReadOnlyList<string> ReadIgnored(Section section, MetricTraits traits)
    {
        var kinds = section.Texts("ignoreErrors");
        if (kinds.Count > 0 && traits.Basis != MetricBasis.Attempts)
            section.Refuse("ignoreErrors", $"{traits.Key} counts no failures.");
        foreach (var kind in kinds.Where(kind => !ErrorKinds.All.Contains(kind)))
            section.Refuse("ignoreErrors", $"'{kind}' is not known. Allowed: {string.Join(", ", ErrorKinds.All)}.");
        return kinds;
    }

    private static RuleMode ReadMode(Section section, MetricTraits traits, AlertRule rule)
    {
        var mode = section.Choice("mode", Modes);
        if (mode == RuleMode.Bound && !traits.IsShare)
            section.Refuse("mode", $"{traits.Key} is no share, so it has no bound. Allowed: point.");
        return mode ?? (rule.By.Count > 0 && traits.IsShare ? RuleMode.Bound : RuleMode.Point);
    }

    private static int ReadMinAttempts(Section section, MetricTraits traits)
    {
        if (traits.Basis == MetricBasis.Attempts)
            return section.Integer("minAttempts", 1, RuleLimits.MaxMinimum) ?? RuleLimits.DefaultMinAttempts;
        if (section.Has("minAttempts"))
            section.Refuse("minAttempts", $"{traits.Key} counts no attempts against each other" + (traits.Basis == MetricBasis.Count ? "." : "; use minDevices."));
        return 0;
    }

    private static int ReadMinDevices(Section section, MetricTraits traits)
    {
        if (traits.Basis == MetricBasis.Count && section.Has("minDevices"))
            section.Refuse("minDevices", $"{traits.Key} is a number as it is: nothing is a value too.");
        return section.Integer("minDevices", 0, RuleLimits.MaxMinimum) ?? RuleLimits.DefaultDevices(traits);
    }

    private static NoDataPolicy ReadNoData(Section section, MetricTraits traits)
    {
        var policy = section.Choice("noData", Policies) ?? NoDataPolicy.Hold;
        if (policy == NoDataPolicy.Alert && traits.Basis is MetricBasis.Count or MetricBasis.Expected)
            section.Refuse("noData", $"{traits.Key} measures silence itself. Allowed: hold.");
        return policy;
    }

    private static TimeSpan ReadGrace(Section section, AlertRule rule)
    {
        if (rule.By.Count == 0 && section.Has("newGroupGrace"))
            section.Refuse("newGroupGrace", "needs 'by': without it there are no groups.");
        return section.Duration("newGroupGrace", TimeSpan.Zero, RuleLimits.MaxGrace) ?? RuleLimits.GraceOf(rule);
    }

    private static RuleClock ReadClock(Section section, MetricTraits traits)
    {
        var clock = section.Choice("clock", Clocks) ?? RuleClock.Arrival;
        if (clock == RuleClock.Event && (traits.Basis is MetricBasis.Devices or MetricBasis.Expected || traits.Key == "late_attempts"))
            section.Refuse("clock", $"{traits.Key} is about what reached us. Allowed: arrival.");
        return clock;
    }

    private static TimeSpan ReadLateLimit(Section section, RuleClock clock)
    {
        if (clock == RuleClock.Arrival && section.Has("lateLimit"))
            section.Refuse("lateLimit", "needs clock: event; the arrival clock never looks back.");
        return section.Duration("lateLimit", TimeSpan.Zero, RuleLimits.MaxLateLimit) ?? (clock == RuleClock.Event ? RuleLimits.MaxLateLimit : TimeSpan.Zero);
    }

    private static string? ReadRunbook(Section section)
    {
        if (section.Text("runbook") is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            return text;
        section.Refuse("runbook", $"'{text}' must be an absolute http or https address.");
        return null;
    }
}
