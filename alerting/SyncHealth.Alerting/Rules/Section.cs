using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SyncHealth.Alerting.Rules;

/// <summary>One mapping of a rule file, read key by key. Each getter notes a problem and returns null instead of throwing, so that one reading names every mistake.</summary>
internal sealed class Section(YamlMappingNode node, string path, List<RuleProblem> problems)
{
    public int Line => (int)node.Start.Line;

    public IEnumerable<string> Keys => node.Children.Keys.Select(key => Scalar(key) ?? "");

    public bool Has(string key) => Find(key) is not null;

    public void Refuse(string key, string message) =>
        problems.Add(new RuleProblem(LineOf(key), key.Length == 0 ? path : PathOf(key), message));

    public void RefuseUnknown(IReadOnlyCollection<string> allowed)
    {
        foreach (var key in Keys.Where(key => !allowed.Contains(key)))
            Refuse(key, $"unknown key. Allowed: {string.Join(", ", allowed)}.");
    }

    public string? Text(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (Scalar(value) is { Length: > 0 } text)
            return text;
        Refuse(key, "must be a text.");
        return null;
    }

    public string? RequiredText(string key)
    {
        if (!Has(key))
            Refuse("", $"'{key}' is missing.");
        return Text(key);
    }

    public double? Number(string key, double min, double max)
    {
        if (Text(key) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Refuse(key, FormattableString.Invariant($"'{text}' must be a number from {min} to {max}."));
        return null;
    }

    public int? Integer(string key, int min, int max)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Refuse(key, FormattableString.Invariant($"'{text}' must be a whole number from {min} to {max}."));
        return null;
    }

    public TimeSpan? Duration(string key, TimeSpan min, TimeSpan max)
    {
        if (Text(key) is not { } text)
            return null;
        if (Durations.TryParse(text, out var duration) && duration >= min && duration <= max)
            return duration;
        Refuse(key, $"'{text}' must be a duration from {Durations.Format(min)} to {Durations.Format(max)}. {Durations.Syntax}.");
        return null;
    }

    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        Refuse(key, $"'{text}' is not known. Allowed: {string.Join(", ", choices.Keys)}.");
        return null;
    }

    public IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is not { } value)
            return [];
        if (value is YamlSequenceNode sequence && sequence.All(item => Scalar(item) is { Length: > 0 }))
            return [.. sequence.Select(item => Scalar(item)!).Distinct()];
        Refuse(key, "must be a list of texts, as [a, b].");
        return [];
    }

    /// <summary>Whether a key holds a list without anything in it.</summary>
    public bool IsEmptyList(string key) => Find(key) is YamlSequenceNode { Children.Count: 0 };

    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        if (Find(key) is not { } value)
            return new Dictionary<string, string>();
        if (value is YamlMappingNode map && map.All(pair => Scalar(pair.Key) is not null && Scalar(pair.Value) is not null))
            return map.ToDictionary(pair => Scalar(pair.Key)!, pair => Scalar(pair.Value)!);
        Refuse(key, "must be a mapping of texts, as { team: sync }.");
        return new Dictionary<string, string>();
    }

    /// <summary>The mappings of a list, each with its place in its path.</summary>
    public IReadOnlyList<Section> Sections(string key)
    {
        if (Find(key) is not { } value)
            return [];
        if (value is YamlSequenceNode sequence && sequence.All(item => item is YamlMappingNode))
            return [.. sequence.Select((item, index) => new Section((YamlMappingNode)item, $"{PathOf(key)}[{index}]", problems))];
        Refuse(key, "must be a list of mappings.");
        return [];
    }

    /// <summary>A file as a whole may have no path: its keys then stand for themselves.</summary>
    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string? Scalar(YamlNode value) => (value as YamlScalarNode)?.Value;

    private YamlNode? Find(string key) => node.Children.FirstOrDefault(pair => Scalar(pair.Key) == key).Value;

    private int LineOf(string key) =>
        (int)(node.Children.Keys.FirstOrDefault(candidate => Scalar(candidate) == key) ?? node).Start.Line;
}
