using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>Says what happened to alerts and to what was sent about them.</summary>
public static class AlertPhrases
{
    /// <summary>"app version 2.5.0, network cellular"; empty for the whole fleet.</summary>
    public static string Place(IReadOnlyDictionary<string, string> segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return string.Join(", ", segment.Select(pair => $"{Dimension.Find(pair.Key)?.Spoken ?? pair.Key} {SegmentWords.Value(pair.Value)}"));
    }

    /// <summary>Why an alert changed.</summary>
    /// <param name="reason">As the history has it.</param>
    /// <param name="to">The status it changed to: a pending alert has not lasted yet.</param>
    public static string Reason(string reason, string to) => reason switch
    {
        "breach" when to == "pending" => "past the threshold",
        "breach" => "past the threshold for as long as the rule asks",
        "total_failure" => "nothing succeeded at all",
        "recovered" => "good again",
        "passed" => "over before it lasted long enough",
        "relapsed" => "bad again while it was recovering",
        "rule_deleted" => "the rule was removed",
        _ => reason.Replace('_', ' '),
    };

    /// <summary>What a receiver was told.</summary>
    public static string KindOf(string kind) => kind switch
    {
        "trigger" => "firing",
        "update" => "changed",
        "acknowledge" => "somebody is on it",
        "digest" => "digest",
        _ => "resolved",
    };

    /// <summary>What an alert is about if not a threshold: " · missing data"; empty for one that is.</summary>
    public static string ClassOf(string kind) => kind switch
    {
        "no_data" => " · missing data",
        "late" => " · seen late",
        _ => "",
    };

    /// <summary>"goes to pagerduty; slack, with all of app notes, muted by nights until 06:00"; without routes yet, whom its rule tells.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="ofRule">Receivers that its rule reaches.</param>
    public static IReadOnlyList<HeadlinePart> GoesTo(AlertSummary alert, IReadOnlyList<string> ofRule)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.GoesTo.Count == 0)
            return [new(ofRule.Count > 0 ? $"tells {string.Join(", ", ofRule)}" : "tells nobody")];
        AlertDestination[] reached = [.. alert.GoesTo.Where(destination => destination.Receivers.Count > 0)];
        return reached.Length > 0
            ? [.. reached.SelectMany((destination, index) => Describe(destination, index == 0 ? "goes to " : "; "))]
            : [new($"goes to nobody: {alert.GoesTo[0].WhyNobody}")];
    }

    private static IEnumerable<HeadlinePart> Describe(AlertDestination destination, string before)
    {
        var group = destination.Group is { } shared ? $", with all of {(shared.Count == 0 ? "its route" : string.Join(", ", shared.Select(pair => $"{pair.Key.Replace('_', ' ')} {SegmentWords.Value(pair.Value)}")))}" : "";
        yield return new(before + string.Join(", ", destination.Receivers) + group + (destination.HeldBy is { } interval ? $", muted by {interval}" : ""));
        if (destination is not { HeldBy: not null, HeldUntil: { } until })
            yield break;
        yield return new(" until ");
        yield return HeadlinePart.Moment(until);
    }

    /// <summary>How an alert stands after a change.</summary>
    public static Band BandOf(string status) => status switch
    {
        "firing" => Band.Poor,
        "pending" or "recovering" => Band.NeedsAttention,
        _ => Band.Good,
    };

    /// <summary>Whether a receiver can be told anything.</summary>
    public static ReceiverLine Describe(ReceiverSummary receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return receiver switch
        {
            { HasSecret: false } => new ReceiverLine(receiver, Band.Poor, "no secret", "the file or variable that its secret stands in is empty: it is told nothing"),
            { DisabledReason: { } reason } => new ReceiverLine(receiver, Band.Poor, "switched off", $"it said: {reason}"),
            _ => new ReceiverLine(receiver, Band.Good, "ready", ""),
        };
    }

    /// <summary>How an attempt to deliver ended.</summary>
    public static string OutcomeOf(string outcome) => outcome switch
    {
        "retry" => "to be tried again",
        var ended => ended,
    };

    public static DeliveryLine Describe(LoggedDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var (band, state) = delivery.Status switch
        {
            "delivered" => (Band.Good, "delivered"),
            "waiting" when delivery.Attempts == 0 => (Band.NeedsAttention, "waiting"),
            "waiting" => (Band.NeedsAttention, $"waiting after {Quantity.Of(delivery.Attempts, "attempt", "attempts")}"),
            "refused" => (Band.Poor, "refused"),
            "expired" => (Band.Poor, "given up"),
            "cancelled" => (Band.NoData, "not needed any more"),
            var other => (Band.NoData, other),
        };
        if (delivery is { InDoubt: true, Status: "refused" or "expired" })
            state += ", may have arrived";
        var took = delivery.FinishedAt is { } end && delivery.Status == "delivered" ? Quantity.Milliseconds(Math.Max(0, (end - delivery.CreatedAt).TotalMilliseconds)) : "";
        return new DeliveryLine(delivery, band, Place(delivery.Segment), state, took);
    }
}
