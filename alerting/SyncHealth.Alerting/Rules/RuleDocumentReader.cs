using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SyncHealth.Alerting.Rules;

/// <summary>Reads a rule file (YAML): <c>rules</c>, <c>routes</c>, <c>timeIntervals</c>, <c>digests</c>, <c>receivers</c>, each where it is wanted.</summary>
public static class RuleDocumentReader
{
    /// <summary>Longest file read, in characters: thousands of rules fit, an attack on the parser does not.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly string[] Allowed = ["rules", "routes", "timeIntervals", "digests", "receivers"];

    /// <summary>Reads the text. Every mistake is a problem with its line; nothing is thrown for what a file can hold.</summary>
    public static RuleReading Read(string yaml)
    {
        if (yaml.Length > MaxLength)
            return Refused(new RuleProblem(1, "file", $"is longer than {MaxLength} characters."));
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (Exception mistake) when (mistake is YamlException or InvalidOperationException or ArgumentException)
        {
            // The parser answers some broken documents with the latter two (found by a property test).
            return Refused(new RuleProblem((int)((mistake as YamlException)?.Start.Line ?? 1), "file", $"is not YAML: {mistake.Message}"));
        }

        return stream.Documents.Count == 0 ? new RuleReading(new RuleDocument([], []), []) : Read(stream.Documents[0].RootNode);
    }

    private static RuleReading Refused(params RuleProblem[] problems) => new(null, problems);

    private static RuleReading Read(YamlNode root)
    {
        if (root is not YamlMappingNode mapping)
            return Refused(new RuleProblem((int)root.Start.Line, "file", "must be a mapping with 'rules', 'routes', 'timeIntervals', 'digests' and 'receivers', each where it is wanted."));

        var problems = new List<RuleProblem>();
        new Section(mapping, "file", problems).RefuseUnknown(Allowed);
        var rules = ReadRules(Child(mapping, "rules"), problems);
        var receivers = ReadReceivers(Child(mapping, "receivers"), problems);
        var intervals = ReadIntervals(Child(mapping, "timeIntervals"), problems);
        var routes = IsAbsent(Child(mapping, "routes")) ? [] : new RouteReader([.. intervals.Select(interval => interval.Name)]).Read(new Section(mapping, "", problems).Sections("routes"));
        var digests = IsAbsent(Child(mapping, "digests")) ? [] : ReadDigests(new Section(mapping, "", problems).Sections("digests"));
        return problems.Count == 0
            ? new RuleReading(new RuleDocument(rules, receivers) { Routes = routes, TimeIntervals = intervals, Digests = digests }, [])
            : Refused([.. problems]);
    }

    private static YamlNode? Child(YamlMappingNode mapping, string key) =>
        mapping.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } value } && value == key).Value;

    private static List<AlertRule> ReadRules(YamlNode? node, List<RuleProblem> problems)
    {
        var rules = new List<AlertRule>();
        if (IsAbsent(node))
            return rules;
        if (node is not YamlSequenceNode sequence)
        {
            problems.Add(new RuleProblem((int)node!.Start.Line, "rules", "must be a list."));
            return rules;
        }

        for (var index = 0; index < sequence.Children.Count; index++)
            if (AsSection(sequence.Children[index], $"rules[{NameOf(sequence.Children[index]) ?? $"{index}"}]", problems) is { } section
                && RuleReader.Read(section) is { } rule)
            {
                if (rules.Any(other => other.Name == rule.Name))
                    section.Refuse("name", $"'{rule.Name}' is used twice.");
                rules.Add(rule);
            }

        return rules;
    }

    private static List<ReceiverDefinition> ReadReceivers(YamlNode? node, List<RuleProblem> problems)
    {
        if (IsAbsent(node))
            return [];
        if (node is YamlMappingNode mapping)
            return [.. mapping.Children
                .Select(pair => (Name: (pair.Key as YamlScalarNode)?.Value ?? "", pair.Value))
                .Select(pair => AsSection(pair.Value, $"receivers.{pair.Name}", problems) is { } section ? ReceiverReader.Read(pair.Name, section) : null)
                .OfType<ReceiverDefinition>()];
        problems.Add(new RuleProblem((int)node!.Start.Line, "receivers", "must be a mapping of names."));
        return [];
    }

    private static List<DigestDefinition> ReadDigests(IReadOnlyList<Section> sections)
    {
        var digests = new List<DigestDefinition>();
        foreach (var section in sections)
        {
            var digest = DigestReader.Read(section);
            if (digests.Any(other => other.Name == digest.Name))
                section.Refuse("name", $"'{digest.Name}' is used twice.");
            digests.Add(digest);
        }

        return digests;
    }

    private static List<TimeInterval> ReadIntervals(YamlNode? node, List<RuleProblem> problems)
    {
        if (IsAbsent(node))
            return [];
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(new RuleProblem((int)node!.Start.Line, "timeIntervals", "must be a mapping of names."));
            return [];
        }

        var section = new Section(mapping, "timeIntervals", problems);
        foreach (var empty in mapping.Children.Where(pair => pair.Value is not YamlSequenceNode { Children.Count: > 0 }).Select(pair => (pair.Key as YamlScalarNode)?.Value ?? ""))
            section.Refuse(empty, "must be a list of ranges, as [{ times: [\"22:00-24:00\"], zone: Europe/Berlin }].");
        return [.. mapping.Children.Where(pair => pair.Value is YamlSequenceNode).Select(pair => (Name: (pair.Key as YamlScalarNode)?.Value ?? "", pair.Key.Start.Line))
            .Select(pair => TimeIntervalReader.Read(pair.Name, (int)pair.Line, section.Sections(pair.Name)))];
    }

    private static bool IsAbsent(YamlNode? node) => node is null or YamlScalarNode { Value: null or "" };

    private static Section? AsSection(YamlNode node, string path, List<RuleProblem> problems)
    {
        if (node is YamlMappingNode mapping)
            return new Section(mapping, path, problems);
        problems.Add(new RuleProblem((int)node.Start.Line, path, "must be a mapping of keys."));
        return null;
    }

    private static string? NameOf(YamlNode node) =>
        node is YamlMappingNode mapping && Child(mapping, "name") is YamlScalarNode { Value: { Length: > 0 } name } ? name : null;
}
