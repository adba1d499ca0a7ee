using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Says what an alert is about.</summary>
public static class AlertWords
{
    /// <summary>The shape beside it: poor while it fires, attention while it may.</summary>
    public static Band Band(AlertSummary alert) => alert.State == "firing" ? Health.Band.Poor : Health.Band.NeedsAttention;

    /// <summary>"86.4 %, threshold 95 % · app version 2.5.0 · critical"</summary>
    public static string Sentence(AlertSummary alert)
    {
        string[] parts = [IsVerdict(alert) ? ValueOf(alert) : $"{ValueOf(alert)}, threshold {Format(alert.Unit, alert.Threshold)}", Segment(alert), alert.Severity];
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }

    /// <summary>What was measured last; of a release how much worse it is, beyond doubt.</summary>
    public static string ValueOf(AlertSummary alert) => alert.Value switch
    {
        null => IsVerdict(alert) ? "no verdict at present" : "no evidence",
        { } points when IsVerdict(alert) => $"{Format(alert.Unit, points)} worse",
        { } value => Format(alert.Unit, value),
    };

    /// <summary>What a value is held against: a threshold, or what a verdict promises.</summary>
    public static string LimitOf(AlertSummary alert) => IsVerdict(alert) ? "release verdict" : $"threshold {Format(alert.Unit, alert.Threshold)}";

    /// <summary>What kind of alert it is, in a word or two.</summary>
    public static string Class(AlertSummary alert) => alert.Class switch
    {
        "threshold" when IsVerdict(alert) => "release",
        "no_data" => "no data",
        "late" => "late data",
        _ => "threshold",
    };

    /// <summary>What that means to whoever reads it.</summary>
    public static string ClassMeaning(AlertSummary alert) => alert.Class switch
    {
        "threshold" when IsVerdict(alert) => "A release is worse than its baseline; the releases page has the numbers",
        "no_data" => "Nothing arrives to be measured: the apps cannot send, or ingest does not receive",
        "late" => "Events that came late show that an earlier window was bad; it is not about now",
        _ => "The value passed its threshold",
    };

    /// <summary>Who is on it and whether its messages are held back: "ann is on it · silenced"; empty for one that nobody has touched.</summary>
    public static string Handling(AlertSummary alert)
    {
        string[] parts = [alert.AcknowledgedBy is { } by ? $"{by} is on it" : "", alert.Muted ?? ""];
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Only verdicts are in points.</summary>
    private static bool IsVerdict(AlertSummary alert) => alert.Unit == "points";

    private static string Segment(AlertSummary alert) =>
        string.Join(", ", alert.Segment.Select(pair => $"{pair.Key} {SegmentWords.Value(pair.Value)}"));

    /// <summary>A value of an alert's metric with its unit.</summary>
    public static string Format(string unit, double value) => unit switch
    {
        "%" or "percent" => Quantity.Percent(value),
        "ms" => Quantity.Milliseconds(value),
        "s" => Quantity.Age(value),
        _ => $"{Quantity.Number(value, 2)}\u00A0{unit}".TrimEnd(),
    };
}
