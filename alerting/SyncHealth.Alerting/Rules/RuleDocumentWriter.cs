using System.Globalization;
using System.Text;

namespace SyncHealth.Alerting.Rules;

/// <summary>
/// Writes rules, routes, time intervals, digests and receivers as YAML that <see cref="RuleDocumentReader"/> reads back to the same document, in one canonical form:
/// keys in the order of the reference, defaults left out. Writing what was read of it gives the same bytes.
/// </summary>
public static class RuleDocumentWriter
{
    /// <summary>Writes <paramref name="document"/>; lines end in a line feed on every system.</summary>
    public static string Write(RuleDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var yaml = new StringBuilder();
        if (document.Rules.Count > 0)
            yaml.Append("rules:\n");
        foreach (var rule in document.Rules)
            yaml.Append(Write(rule));
        if (document.Routes.Count > 0)
            yaml.Append("routes:\n");
        RouteKeys.Append(yaml, document.Routes, "  ");
        if (document.TimeIntervals.Count > 0)
            yaml.Append("timeIntervals:\n");
        foreach (var interval in document.TimeIntervals)
            RouteKeys.Append(yaml, interval);
        if (document.Digests.Count > 0)
            yaml.Append("digests:\n");
        foreach (var digest in document.Digests)
            Append(yaml, "  - ", "    ", RouteKeys.Of(digest));
        if (document.Receivers.Count > 0)
            yaml.Append("receivers:\n");
        foreach (var receiver in document.Receivers)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  {YamlText.Of(receiver.Name)}:\n");
            Append(yaml, "    ", "    ", receiver.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, YamlText.Of(pair.Value))).Prepend(("type", YamlText.Of(receiver.Type.Name))));
        }

        return yaml.ToString();
    }

    /// <summary>Writes one rule as an item of the list under <c>rules:</c>.</summary>
    public static string Write(AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var yaml = new StringBuilder();
        Append(yaml, "  - ", "    ", RuleKeys.Of(rule));
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, string first, string indent, IEnumerable<(string Key, string Value)> pairs)
    {
        foreach (var ((key, value), index) in pairs.Select((pair, index) => (pair, index)))
            yaml.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? first : indent)}{key}: {value}\n");
    }
}
