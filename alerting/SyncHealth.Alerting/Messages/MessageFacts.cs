using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Messages;

/// <summary>The facts below the headline, in the order of their use, for every channel alike.</summary>
public static class MessageFacts
{
    /// <summary>Alerts of a group that are told of one by one: with the rest of the message they fit every vendor's limit.</summary>
    private const int MaxMembers = 12;

    /// <summary>Label and text of each fact; texts are plain and may hold what came from outside.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(AlertMessage message)
    {
        var facts = new List<(string, string)>();
        if (message.InsteadOf is { } other)
            facts.Add(("In place of", $"{other}, which could not be told"));
        if (message.Summary is not null)
            return [.. facts, .. message.Lines.Select(line => (line.Label, line.Text)), ("Period", $"{Quantity.Moment(message.Since)} to {Quantity.Moment(message.At)}")];
        if (message.Members.Count + message.Ended > 0)
            return AddGroup(facts, message);
        if (message.Sentence is not null)
            facts.AddRange(message.Lines.Select(line => (line.Label, line.Text)));
        else if (message.Value is { } value)
            facts.Add(("Value", $"{Quantity.Measured(value, message.Unit, message.Limit)}, limit {(message.IsBadBelow ? "at least" : "at most")} {Quantity.Chosen(message.Limit, message.Unit)}"));
        if (message.Bound is { } bound)
            facts.Add(("Evidence", bound));
        if (message.ComparedWith is { } compared)
            facts.Add(("Compared with", compared));
        facts.Add(("Counted", message.Attempts > 0
            ? $"{Counted.Of(message.Attempts, "attempt")} of {Counted.Of(message.Devices, "device")}"
            : Counted.Of(message.Devices, "device")));
        if (message is { WindowFrom: { } from, WindowTo: { } to })
            facts.Add(("Window", $"{Quantity.Moment(from)} to {Quantity.Moment(to)} ({Quantity.Span(to - from)}, {message.Clock} clock)"));
        if (message.Completeness is { } complete)
            facts.Add(("Complete", $"{Quantity.Chosen(Math.Floor(100 * complete), "percent")} of the window's events have arrived"));
        AddCourse(facts, message);
        AddSurroundings(facts, message);
        facts.AddRange(message.Segment.Select(pair => (pair.Key, pair.Value)));
        facts.AddRange(message.Annotations.Select(pair => (pair.Key, pair.Value)));
        facts.Add(("Rule", $"{message.Rule} ({message.Severity}, {message.Environment})"));
        return facts;
    }

    private static List<(string, string)> AddGroup(List<(string, string)> facts, AlertMessage message)
    {
        facts.AddRange(message.Members.Take(MaxMembers).Select(member => ($"{member.Rule} ({member.Severity})", $"{member.App}: {member.Text}; since {Quantity.Moment(member.Since)}")));
        if (message.Members.Count > MaxMembers)
            facts.Add(("And", $"{Counted.Of(message.Members.Count - MaxMembers, "more alert")}, all on the dashboard"));
        if (message.Ended > 0)
            facts.Add(("Over", $"{Counted.Of(message.Ended, "alert")} since the last message"));
        AddCourse(facts, message);
        facts.AddRange(message.Segment.Select(pair => (pair.Key, pair.Value)));
        facts.Add(("Route", message.Rule));
        return facts;
    }

    private static void AddSurroundings(List<(string, string)> facts, AlertMessage message)
    {
        if (message.LastWeek is { } before)
            facts.Add(("Last week", $"{Quantity.Measured(before, message.Unit, before)}{(message.Value is { } value ? $"; now {Quantity.Change(value - before, message.Unit)}" : "")}"));
        if (message.TopContributor is { } contributor)
            facts.Add(("Top contributor", contributor));
        if (message.Rollout is { } rollout)
            facts.Add(("Release in rollout", rollout));
        if (message.RolloutVerdict is { } verdict)
            facts.Add(("Release verdict", verdict));
        if (message.ErrorKinds is { } kinds)
            facts.Add(("Errors", kinds));
        if (message.ErrorCodes is { } codes)
            facts.Add(("Error codes", codes));
    }

    private static void AddCourse(List<(string, string)> facts, AlertMessage message)
    {
        facts.Add(("Since", Quantity.Moment(message.Since)));
        if (message.Reason == "total_failure")
            facts.Add(("Why at once", "No attempt in the window succeeded."));
        if (message.DetectedLateBy is { } late)
            facts.Add(("Detected late by", $"{Quantity.Span(late)}: events that arrived late show it"));
        if (message is { Kind: NoticeKind.Acknowledge, AcknowledgedBy: { } by })
            facts.Add(("On it", by));
        if (message.Kind != NoticeKind.Resolve)
            return;
        facts.Add(("Ended", $"{Quantity.Moment(message.At)}, after {Quantity.Span(message.At - message.Since)}"));
        if (message is { Worst: { } worst, Sentence: null })
            facts.Add(("Worst value", Quantity.Measured(worst, message.Unit, message.Limit)));
        if (message.AffectedDevices is { } affected)
            facts.Add(("Affected", affected));
        if (message.Reason == "recovered")
            facts.Add(("How it ended", "Fresh data is on the good side of the limit again."));
        if (message.Reason == "rule_deleted")
            facts.Add(("How it ended", "The rule was removed; the data may still be bad."));
    }
}
