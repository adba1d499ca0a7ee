using System.Globalization;
using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Messages;

/// <summary>The addresses a message links to.</summary>
/// <param name="baseAddress">Where the dashboard is reached by the reader of a message; null leaves links out.</param>
/// <param name="runbooks">Names of the rules that have a shipped runbook.</param>
public sealed class MessageLinks(Uri? baseAddress, IReadOnlyCollection<string> runbooks)
{
    /// <summary>Ranges that the dashboard offers; a link takes the shortest one that shows more than the window.</summary>
    private static readonly (string Code, TimeSpan Length)[] Ranges =
        [("1h", TimeSpan.FromHours(1)), ("6h", TimeSpan.FromHours(6)), ("24h", TimeSpan.FromHours(24)), ("7d", TimeSpan.FromDays(7))];

    /// <summary>The overview of <paramref name="app"/> around the evaluated window, filtered to the segment; null without a base address.</summary>
    public string? Dashboard(string app, TimeWindow? window, SegmentKey segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (baseAddress is null)
            return null;
        var range = window is { } counted ? $"&range={RangeOf(counted)}&from={Stamp(counted.From)}&to={Stamp(counted.To)}" : "";
        var filters = string.Concat(segment.Values.Select(pair => $"&filter={Uri.EscapeDataString($"{pair.Key}:{pair.Value}")}"));
        return new Uri(baseAddress, $"?app={Uri.EscapeDataString(app)}{range}{filters}").AbsoluteUri;
    }

    /// <summary>The releases of <paramref name="app"/> with their verdicts; null without a base address.</summary>
    public string? Releases(string app) => baseAddress is null ? null : new Uri(baseAddress, $"releases?app={Uri.EscapeDataString(app)}").AbsoluteUri;

    /// <summary>The page of all alerts, of one app or of the first; null without a base address.</summary>
    public string? Alerts(string? app) =>
        baseAddress is null ? null : new Uri(baseAddress, app is null ? "alerts" : $"alerts?app={Uri.EscapeDataString(app)}").AbsoluteUri;

    /// <summary>The shipped runbook of <paramref name="rule"/>, or null when there is none or no base address.</summary>
    public string? Runbook(string rule) =>
        baseAddress is null || !runbooks.Contains(rule) ? null : new Uri(baseAddress, $"runbooks/{Uri.EscapeDataString(rule)}").AbsoluteUri;

    private static string RangeOf(TimeWindow window) =>
        Ranges.FirstOrDefault(range => range.Length > window.To - window.From, Ranges[^1]).Code;

    private static string Stamp(DateTimeOffset at) =>
        Uri.EscapeDataString(at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}
