using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Messages;

/// <summary>The one line that a lock screen shows: state, app, release and where, what, value.</summary>
public static class Headline
{
    /// <summary>What a push notification shows before it cuts.</summary>
    public const int VisibleLength = 120;

    /// <summary>Characters for app, release and where together: names from outside may not push the value out of sight.</summary>
    private const int MaxWhere = 44;

    /// <summary>Characters that one name keeps at least, however many there are.</summary>
    private const int MinName = 6;

    /// <summary>Characters of a sentence: with long names of releases and networks two lines of a phone.</summary>
    private const int MaxSentence = 200;

    private const string GroupClass = "group";

    private const string Release = "app_version";

    /// <summary>For example <c>FIRING notes 2.4.1 cellular: success 91.2 % (limit 95 %), 212 devices</c>.</summary>
    public static string Of(AlertMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Summary is { } summary)
            return summary;
        var state = message.Kind switch
        {
            NoticeKind.Resolve => "RESOLVED",
            NoticeKind.Acknowledge => "ACKNOWLEDGED",
            _ => "FIRING",
        };
        return message.Sentence is { } sentence
            ? $"{state} {PlainText.Line(message.App, MaxWhere)}: {Open(sentence)}{(message.Kind == NoticeKind.Trigger ? "" : ",")}{End(message)}"
            : $"{state} {Where(message)}: {What(message)}{End(message)}";
    }

    /// <summary>What is wrong and in which segment, for a list of alerts that are told together: <c>2.4.1 cellular: success 91.2 % (limit 95 %), 212 devices</c>.</summary>
    public static string Short(AlertMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sentence is { } sentence)
            return Open(sentence);
        var where = string.Join(' ', Names(message).Select(name => PlainText.Line(name, MaxWhere)));
        return where.Length == 0 ? What(message) + End(message) : $"{where}: {What(message)}{End(message)}";
    }

    /// <summary>A sentence that something may follow; it names release and segment itself.</summary>
    private static string Open(string sentence) => PlainText.Line(sentence.TrimEnd('.'), MaxSentence);

    /// <summary>The values of its segment, the release first.</summary>
    private static IEnumerable<string> Names(AlertMessage message) =>
        message.Segment.OrderByDescending(pair => pair.Key == Release).Select(pair => pair.Value).Where(value => value.Length > 0);

    private static string Where(AlertMessage message)
    {
        var names = Names(message).Prepend(message.App).ToArray();
        var width = Math.Max(MinName, (MaxWhere / names.Length) - 1);
        var isShort = names.Sum(name => name.Length + 1) <= MaxWhere;
        return string.Join(' ', names.Select(name => PlainText.Line(name, isShort ? MaxWhere : width)));
    }

    private static string What(AlertMessage message)
    {
        if (message.Class == GroupClass)
            return message.Members is [var worst, ..] ? $"{(message.Members.Count > 1 ? Counted.Of(message.Members.Count, "alert") + ", " : "")}{worst.Text}" : Counted.Of(message.Ended, "alert");
        if (message.Class == "ingest_down")
            return "ingest is down, nothing arrives";
        if (message.Class == "rules_refused")
            return "the rules as they stand are refused, the last good ones hold";
        if (message.Class == "no_data")
            return $"no data for {message.Title}";
        if (message.Unit == "points")
            return message.Title;
        var limit = Quantity.Chosen(message.Limit, message.Unit);
        return message.Value is { } measured
            ? $"{message.Title} {Quantity.Measured(measured, message.Unit, message.Limit)} (limit {limit})"
            : $"{message.Title} (limit {limit})";
    }

    private static string End(AlertMessage message)
    {
        if (message.Kind == NoticeKind.Resolve)
            return $" after {Quantity.Span(message.At - message.Since)}";
        if (message is { Kind: NoticeKind.Acknowledge, AcknowledgedBy: { } by })
            return $", {PlainText.Line(by, MaxWhere)} is on it";
        if (message.Class is "ingest_down" or "rules_refused" or GroupClass || message.Sentence is not null)
            return "";
        if (message.Class == "no_data")
            return message is { WindowFrom: { } from, WindowTo: { } to } ? $", nothing in {Quantity.Span(to - from)}" : "";
        var late = message.DetectedLateBy is { } lateBy ? $", detected late by {Quantity.Span(lateBy)}" : "";
        return message.Unit == "count" ? late : $", {Counted.Of(message.Devices, "device")}{late}";
    }
}
