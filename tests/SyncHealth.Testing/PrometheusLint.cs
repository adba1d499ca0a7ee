using System.Globalization;
using System.Text.RegularExpressions;

namespace SyncHealth.Testing;

/// <summary>
/// Reads a page in the Prometheus text format 0.0.4 as strictly as <c>promtool check metrics</c> does, so that tests need no Prometheus:
/// the grammar, and the conventions for names, units and help. Rules: prometheus.io/docs/instrumenting/exposition_formats and
/// prometheus.io/docs/practices/naming.
/// </summary>
public static partial class PrometheusLint
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "summary", "untyped"];

    /// <summary>Units that have a base unit to be used instead.</summary>
    private static readonly string[] OtherUnits =
        ["milliseconds", "microseconds", "nanoseconds", "ms", "minutes", "hours", "days", "kilobytes", "megabytes", "kb", "mb", "percent", "pct", "bits", "celcius"];

    /// <summary>What is wrong with the page, one line each; empty for a clean one.</summary>
    public static IReadOnlyList<string> Check(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var problems = new List<string>();
        var families = new Dictionary<string, Family>(StringComparer.Ordinal);
        Family? current = null;
        if (page.Length == 0 || page[^1] != '\n')
            problems.Add("The page does not end with a line feed.");
        foreach (var line in page.TrimEnd('\n').Split('\n'))
            ReadLine(line, families, ref current, problems);
        problems.AddRange(families.Values.SelectMany(ProblemsOf));
        return problems;
    }

    private static void ReadLine(string line, Dictionary<string, Family> families, ref Family? current, List<string> problems)
    {
        if (Header().Match(line) is { Success: true } header)
        {
            current = ReadHeader(header, families, current, problems);
            return;
        }

        if (line.StartsWith('#'))
            return;
        if (Sample().Match(line) is not { Success: true } sample)
            problems.Add($"No sample: '{line}'");
        else if (current is null || !current.Owns(sample.Groups["name"].Value))
            problems.Add($"'{line}' stands outside its family.");
        else if (!current.Samples.Add(sample.Groups["name"].Value + sample.Groups["labels"].Value))
            problems.Add($"'{line}' occurs twice.");
        else
            current.Read(sample.Groups["name"].Value, sample.Groups["labels"].Value, ParseValue(sample.Groups["value"].Value));
    }

    private static Family ReadHeader(Match header, Dictionary<string, Family> families, Family? current, List<string> problems)
    {
        var (kind, name, text) = (header.Groups[1].Value, header.Groups[2].Value, header.Groups[3].Value);
        if (current?.Name != name)
        {
            current = new Family(name);
            if (!families.TryAdd(name, current))
                problems.Add($"{name} occurs twice.");
        }

        if (current.Samples.Count > 0)
            problems.Add($"{kind} of {name} comes after its samples.");
        if (kind == "HELP")
            current.Help = current.Help is null ? text : Twice(kind, name, problems);
        else
            current.Type = current.Type is null ? text : Twice(kind, name, problems);
        return current;
    }

    private static string Twice(string kind, string name, List<string> problems)
    {
        problems.Add($"{kind} of {name} stands twice.");
        return "";
    }

    private static IEnumerable<string> ProblemsOf(Family family)
    {
        var name = family.Name;
        if (string.IsNullOrWhiteSpace(family.Help))
            yield return $"{name} has no HELP.";
        if (!Types.Contains(family.Type))
            yield return $"{name} has the TYPE '{family.Type}'.";
        if (!Name().IsMatch(name))
            yield return $"{name} is not written in lower case with underscores.";
        if (family.Type == "counter" != name.EndsWith("_total", StringComparison.Ordinal))
            yield return $"{name} is a {family.Type}: counters, and only they, end in _total.";
        if (family.Type != "histogram" && (name.EndsWith("_bucket", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal)))
            yield return $"{name} ends like a part of a histogram.";
        if (name.Split('_').Intersect([.. Types, "info_total"]).Any())
            yield return $"{name} names its type.";
        if (name.Split('_').Intersect(OtherUnits).FirstOrDefault() is { } unit)
            yield return $"{name} uses {unit}; use the base unit.";
        foreach (var problem in family.Type == "histogram" ? family.HistogramProblems() : [])
            yield return problem;
        if (family.Type == "counter" && family.Values.Any(value => !(value >= 0)))
            yield return $"{name} counts down.";
    }

    private static double ParseValue(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ?(.*)$")]
    private static partial Regex Header();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*\})? (?<value>[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    /// <summary>One family as it was read.</summary>
    private sealed class Family(string name)
    {
        private readonly List<(double Bound, double Count)> _buckets = [];
        private double? _count;
        private bool _hasSum;

        public string Name { get; } = name;

        public string? Help { get; set; }

        public string? Type { get; set; }

        public HashSet<string> Samples { get; } = new(StringComparer.Ordinal);

        public List<double> Values { get; } = [];

        public bool Owns(string sample) =>
            Type == "histogram" ? sample == Name + "_bucket" || sample == Name + "_sum" || sample == Name + "_count" : sample == Name;

        public void Read(string sample, string labels, double value)
        {
            Values.Add(value);
            if (sample == Name + "_bucket" && Bound().Match(labels) is { Success: true } bound)
                _buckets.Add((ParseValue(bound.Groups[1].Value), value));
            else if (sample == Name + "_count")
                _count = value;
            else if (sample == Name + "_sum")
                _hasSum = true;
        }

        /// <summary>A histogram without labels of its own, as all of ours are.</summary>
        public IEnumerable<string> HistogramProblems()
        {
            if (_count is null || !_hasSum || _buckets.Count == 0 || !double.IsPositiveInfinity(_buckets[^1].Bound))
                yield return $"{Name} lacks _count, _sum or the bucket of +Inf.";
            else if (!_buckets[^1].Count.Equals(_count.Value))
                yield return $"{Name} counts {_count} and has {_buckets[^1].Count} in its last bucket.";
            if (_buckets.Zip(_buckets.Skip(1)).Any(pair => pair.First.Bound >= pair.Second.Bound || pair.First.Count > pair.Second.Count))
                yield return $"{Name} has buckets out of order.";
        }
    }

    [GeneratedRegex("le=\"([^\"]*)\"")]
    private static partial Regex Bound();
}
