namespace SyncHealth.Alerting.Rules;

/// <summary>Reads one entry of <c>rules</c>, fills in the contract's defaults and refuses what cannot be meant.</summary>
internal static class RuleReader
{
    /// <summary>Shortest window: the rollups behind it are minutes.</summary>
    private static readonly TimeSpan MinWindow = TimeSpan.FromMinutes(1);

    /// <summary>Longest window over attempts: arrival minutes are kept 48 h, and a page about yesterday is none.</summary>
    private static readonly TimeSpan MaxAttemptWindow = TimeSpan.FromDays(1);

    /// <summary>Longest window over devices, and its default: a device that was silent for a week is no longer active.</summary>
    private static readonly TimeSpan ActiveWindow = TimeSpan.FromDays(7);

    /// <summary>Longest <c>for</c> and <c>keepFiringFor</c>.</summary>
    private static readonly TimeSpan MaxHold = TimeSpan.FromDays(1);

    /// <summary>Longest <c>groupWait</c>: more would be a mute.</summary>
    private static readonly TimeSpan MaxGroupWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan DefaultAttemptWindow = TimeSpan.FromMinutes(15);

    private const int DefaultMinAttempts = 100;
    private const int DefaultMinDevices = 20;

    /// <summary>Largest count a rule may ask for: more evidence than a fleet sends in a day.</summary>
    private const int MaxMinimum = 1_000_000_000;

    private static readonly string[] Allowed =
    [
        "name", "metric", "below", "above", "depthOver", "app", "environment", "window", "for", "keepFiringFor", "recover", "minAttempts",
        "minDevices", "confidence", "clock", "mode", "groupWait", "severity", "notify", "labels", "annotations", "runbook",
    ];

    /// <summary>Keys of the contract that come with issue #5: named, so that nobody looks for a typing error.</summary>
    private static readonly string[] Later = ["by", "filter", "dropsBy", "risesBy", "ignoreErrors", "noData"];

    private static readonly Dictionary<string, RuleClock> Clocks = new() { ["arrival"] = RuleClock.Arrival, ["event"] = RuleClock.Event };

    private static readonly Dictionary<string, AlertSeverity> Severities =
        Enum.GetValues<AlertSeverity>().ToDictionary(Wording.Of);

    public static AlertRule? Read(Section section)
    {
        foreach (var key in Later.Where(section.Has))
            section.Refuse(key, $"is not available yet (issue #5). Allowed: {string.Join(", ", Allowed)}.");
        section.RefuseUnknown([.. Allowed, .. Later]);
        if (section.Text("mode") is { } mode and not "point")
            section.Refuse("mode", $"'{mode}' is not available yet (issue #5). Allowed: point.");

        var name = section.RequiredText("name");
        if (ReadMetric(section) is not { } metric || ReadLimit(section, MetricTraits.Of(metric)) is not { } limit || name is null)
            return null;

        var traits = MetricTraits.Of(metric);
        return new AlertRule
        {
            Name = name,
            Line = section.Line,
            Metric = metric,
            Limit = limit,
            Recover = ReadRecover(section, traits, limit),
            DepthOver = ReadDepthOver(section, metric),
            App = section.Text("app"),
            Environment = section.Text("environment") ?? "production",
            Window = section.Duration("window", MinWindow, traits.IsOfDevices ? ActiveWindow : MaxAttemptWindow) ?? (traits.IsOfDevices ? ActiveWindow : DefaultAttemptWindow),
            For = section.Duration("for", TimeSpan.Zero, MaxHold) ?? TimeSpan.Zero,
            KeepFiringFor = section.Duration("keepFiringFor", TimeSpan.Zero, MaxHold) ?? TimeSpan.Zero,
            MinAttempts = ReadMinAttempts(section, traits),
            MinDevices = section.Integer("minDevices", 0, MaxMinimum) ?? DefaultMinDevices,
            Confidence = section.Number("confidence", 0.5, 0.9999) ?? 0.95,
            Clock = section.Choice("clock", Clocks) ?? RuleClock.Arrival,
            GroupWait = section.Duration("groupWait", TimeSpan.Zero, MaxGroupWait) ?? TimeSpan.FromSeconds(10),
            Severity = section.Choice("severity", Severities) ?? AlertSeverity.Warning,
            Notify = section.Texts("notify"),
            Labels = section.TextMap("labels"),
            Annotations = section.TextMap("annotations"),
            Runbook = ReadRunbook(section),
        };
    }

    private static RuleMetric? ReadMetric(Section section)
    {
        if (section.RequiredText("metric") is not { } key)
            return null;
        if (MetricTraits.Find(key) is { } metric)
            return metric;
        section.Refuse("metric", $"'{key}' is not known. Allowed: {string.Join(", ", MetricTraits.Keys)}.");
        return null;
    }

    private static double? ReadLimit(Section section, MetricTraits traits)
    {
        var (right, wrong) = traits.IsBadBelow ? ("below", "above") : ("above", "below");
        if (section.Has(wrong))
            section.Refuse(wrong, $"{traits.Key} takes '{right}'.");
        else if (!section.Has(right))
            section.Refuse("", $"'{right}' is missing.");
        return section.Number(right, 0, traits.MaxLimit);
    }

    private static double ReadRecover(Section section, MetricTraits traits, double limit)
    {
        if (section.Number("recover", 0, traits.MaxLimit) is not { } recover)
            return limit;
        if (traits.IsBadBelow ? recover < limit : recover > limit)
            section.Refuse("recover", FormattableString.Invariant($"{recover} must lie on the good side of the threshold {limit}."));
        return recover;
    }

    private static int ReadDepthOver(Section section, RuleMetric metric)
    {
        if (metric == RuleMetric.QueueDepthShare && !section.Has("depthOver"))
            section.Refuse("", "'depthOver' is missing: queue_depth_share needs the depth above which a device counts.");
        if (metric != RuleMetric.QueueDepthShare && section.Has("depthOver"))
            section.Refuse("depthOver", "belongs to queue_depth_share only.");
        return section.Integer("depthOver", 0, int.MaxValue) ?? 0;
    }

    private static int ReadMinAttempts(Section section, MetricTraits traits)
    {
        if (!traits.IsOfDevices)
            return section.Integer("minAttempts", 1, MaxMinimum) ?? DefaultMinAttempts;
        if (section.Has("minAttempts"))
            section.Refuse("minAttempts", $"{traits.Key} counts devices; use minDevices.");
        return 0;
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
