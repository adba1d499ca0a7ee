using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Routing;

/// <summary>
/// One condition on a label, written as Alertmanager writes it: <c>app=notes</c>, <c>severity!=info</c>, <c>app_version=~2\.5\..*</c>, <c>os!~ios|ipados</c>.
/// A label that an alert does not have is an empty text; a pattern has to match the whole value.
/// </summary>
public sealed partial class LabelMatcher
{
    /// <summary>Characters of a label or of a value.</summary>
    public const int MaxLength = 200;

    private readonly Regex? _pattern;
    private readonly bool _isNegated;

    private LabelMatcher(string label, string comparison, string value, Regex? pattern)
    {
        (Label, Comparison, Value, _pattern) = (label, comparison, value, pattern);
        _isNegated = comparison[0] == '!';
    }

    public string Label { get; }

    /// <summary><c>=</c>, <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    public string Comparison { get; }

    public string Value { get; }

    /// <summary>The condition that a label has a value.</summary>
    public static LabelMatcher Exactly(string label, string value) => new(label, "=", value, null);

    /// <summary>Reads a matcher; where that fails, <paramref name="problem"/> says what is allowed.</summary>
    public static bool TryParse(string text, out LabelMatcher matcher, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        (matcher, problem) = (null!, "");
        var parts = Written().Match(text);
        if (!parts.Success || text.Length > 2 * MaxLength || parts.Groups["value"].Length > MaxLength)
        {
            problem = $"'{text}' is no matcher: write LABEL=VALUE, LABEL!=VALUE, LABEL=~PATTERN or LABEL!~PATTERN, each part of at most {MaxLength} characters";
            return false;
        }

        var (comparison, value) = (parts.Groups["comparison"].Value, parts.Groups["value"].Value);
        if (comparison[^1] != '~')
        {
            matcher = new LabelMatcher(parts.Groups["label"].Value, comparison, value, null);
            return true;
        }

        try
        {
            matcher = new LabelMatcher(parts.Groups["label"].Value, comparison, value, new Regex($@"\A(?:{value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            problem = $"'{value}' is no pattern that can be matched in linear time: {wrong.Message}";
            return false;
        }
    }

    /// <summary>Whether a text can be the name of a label.</summary>
    public static bool IsLabel(string text) => text.Length <= MaxLength && Named().IsMatch(text);

    /// <summary>Whether an alert with <paramref name="labels"/> meets the condition.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var actual = labels.GetValueOrDefault(Label, "");
        return (_pattern?.IsMatch(actual) ?? actual == Value) != _isNegated;
    }

    /// <summary>Whether some alert of a rule could meet the condition: a label that the rule's own <paramref name="labels"/> do not fix may be any.</summary>
    public bool MayMatch(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return !labels.ContainsKey(Label) || Matches(labels);
    }

    /// <summary>The matcher as it was written.</summary>
    public override string ToString() => Label + Comparison + Value;

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.:\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"\A(?<label>[A-Za-z_][A-Za-z0-9_.:\-]*)(?<comparison>=~|!~|!=|=)(?<value>[^\x00-\x1f]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
