using System.Globalization;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SyncHealth.Alerting.Trials;

/// <summary>Reads a file of rule tests (YAML). Every mistake is a problem with its line, key and what is allowed.</summary>
public static class TrialReader
{
    /// <summary>Longest trial: with an evaluation a minute, ten thousand of them.</summary>
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(35);

    private static readonly DateTimeOffset DefaultStart = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] SeriesKeys =
        ["segment", "from", "to", "attempts", "success", "firstTry", "error", "devices", "durationMs", "slow", "slowMs", "conflicted", "queue", "deep", "late",
         "stuck", "poisoned", "resetLoss", "clockOff", "resent", "missing"];

    private static readonly Dictionary<string, AlertClass> Classes = Enum.GetValues<AlertClass>().ToDictionary(Wording.Of);
    private static readonly Dictionary<string, AlertStatus> States = Enum.GetValues<AlertStatus>().ToDictionary(Wording.Of);
    private static readonly Dictionary<string, NoticeKind> Kinds = new[] { NoticeKind.Trigger, NoticeKind.Resolve }.ToDictionary(Wording.Of);

    public static TrialReading Read(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        if (yaml.Length > RuleDocumentReader.MaxLength)
            return Refused($"is longer than {RuleDocumentReader.MaxLength} characters.");
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (Exception mistake) when (mistake is YamlException or InvalidOperationException or ArgumentException)
        {
            return new TrialReading(null, [new RuleProblem((int)((mistake as YamlException)?.Start.Line ?? 1), "file", $"is not YAML: {mistake.Message}")]);
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            return Refused("must be a mapping with 'rules' and 'tests'.");
        var problems = new List<RuleProblem>();
        var file = new Section(root, "file", problems);
        file.RefuseUnknown(["rules", "tests"]);
        var rules = file.RequiredText("rules") ?? "";
        var trials = file.Sections("tests").Select(ReadTrial).ToArray();
        if (trials.Length == 0 && problems.Count == 0)
            file.Refuse("tests", "holds no test.");
        return problems.Count > 0 ? new TrialReading(null, problems) : new TrialReading(new TrialDocument(rules, trials), []);
    }

    private static TrialReading Refused(string message) => new(null, [new RuleProblem(1, "file", message)]);

    private static Trial ReadTrial(Section section)
    {
        section.RefuseUnknown(["name", "app", "start", "interval", "lateness", "series", "expect", "notices"]);
        return new Trial
        {
            Name = section.RequiredText("name") ?? "",
            Line = section.Line,
            App = section.Text("app") ?? "notes",
            Start = ReadStart(section),
            Interval = section.Duration("interval", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? TimeSpan.FromMinutes(1),
            Lateness = section.Duration("lateness", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? TimeSpan.Zero,
            Series = [.. section.Sections("series").Select(ReadSeries)],
            States = [.. section.Sections("expect").Select(ReadState)],
            Notices = section.Has("notices") ? [.. section.Sections("notices").Select(ReadNotice)] : null,
        };
    }

    private static DateTimeOffset ReadStart(Section section)
    {
        if (section.Text("start") is not { } text)
            return DefaultStart;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start))
            return start;
        section.Refuse("start", $"'{text}' must be a time, as 2026-11-22T12:00:00Z.");
        return DefaultStart;
    }

    private static TrialSeries ReadSeries(Section section)
    {
        section.RefuseUnknown(SeriesKeys);
        return new TrialSeries
        {
            Segment = section.TextMap("segment"),
            From = Offset(section, "from"),
            To = Offset(section, "to"),
            Attempts = Required(section, "attempts", section.Integer("attempts", 0, 1_000_000)),
            Success = section.Number("success", 0, 100) ?? 100,
            FirstTry = section.Number("firstTry", 0, 100),
            Error = section.Choice("error", ErrorKinds.All.Index().ToDictionary(kind => kind.Item, kind => kind.Index)) is { } kind ? ErrorKinds.All[kind] : "server",
            Devices = section.Integer("devices", 0, 1_000_000) ?? 100,
            DurationMs = section.Number("durationMs", 0, TimeSpan.MillisecondsPerDay) ?? 800,
            Slow = section.Number("slow", 0, 100) ?? 0,
            SlowMs = section.Number("slowMs", 0, TimeSpan.MillisecondsPerDay) ?? 90_000,
            Conflicted = section.Number("conflicted", 0, 100) ?? 0,
            Queue = section.Integer("queue", 0, int.MaxValue) ?? 0,
            Deep = section.Integer("deep", 0, 1_000_000),
            Stuck = section.Integer("stuck", 0, 1_000_000) ?? 0,
            Poisoned = section.Integer("poisoned", 0, 1_000_000) ?? 0,
            ResetLoss = section.Integer("resetLoss", 0, 1_000_000) ?? 0,
            ClockOff = section.Integer("clockOff", 0, 1_000_000) ?? 0,
            Resent = section.Number("resent", 0, 100) ?? 0,
            Missing = section.Number("missing", 0, 100) ?? 0,
            Late = section.Duration("late", TimeSpan.Zero, TimeSpan.FromDays(30)) ?? TimeSpan.Zero,
        };
    }

    private static ExpectedState ReadState(Section section)
    {
        section.RefuseUnknown(["at", "rule", "segment", "class", "state"]);
        var state = Required(section, "state", section.Choice("state", States));
        return new ExpectedState(Offset(section, "at"), section.RequiredText("rule") ?? "", ReadKey(section), state == default ? "" : Wording.Of(state), section.Line);
    }

    private static TrialNotice ReadNotice(Section section)
    {
        section.RefuseUnknown(["at", "rule", "segment", "class", "kind", "to"]);
        var kind = Required(section, "kind", section.Choice("kind", Kinds));
        return new TrialNotice(Offset(section, "at"), section.RequiredText("rule") ?? "", ReadKey(section), kind, section.RequiredText("to") ?? "");
    }

    private static InstanceKey ReadKey(Section section) =>
        new(new SegmentKey(section.TextMap("segment")), section.Choice("class", Classes) ?? AlertClass.Threshold);

    private static TimeSpan Offset(Section section, string key) => Required(section, key, section.Duration(key, TimeSpan.Zero, MaxLength));

    private static T Required<T>(Section section, string key, T? value)
        where T : struct
    {
        if (!section.Has(key))
            section.Refuse("", $"'{key}' is missing.");
        return value ?? default;
    }
}
