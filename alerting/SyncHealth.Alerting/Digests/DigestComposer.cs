using System.Globalization;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Digests;

/// <summary>Puts a digest into words. "Nothing to act on" is one too: whoever gets it every morning knows that somebody has looked.</summary>
public static class DigestComposer
{
    /// <summary>Class of a digest's message.</summary>
    public const string Class = "digest";

    private const string Nothing = "nothing to act on";

    /// <summary>Releases and rules named one by one.</summary>
    private const int MaxNamed = 5;

    public static AlertMessage Compose(DigestDefinition definition, DigestFacts facts, MessageLinks links)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(links);
        var actions = ActionsOf(facts).ToArray();
        var day = TimeZoneInfo.ConvertTime(facts.To, definition.Zone).ToString("ddd d MMM", CultureInfo.InvariantCulture);
        var success = facts.Now.SuccessRate is { } rate ? $"; success {Percent(rate)}" : "";
        return new AlertMessage
        {
            Kind = NoticeKind.Digest,
            IncidentKey = IncidentKey.Of($"{Class}/{definition.Name}", facts.App, new Dictionary<string, string>(), facts.To),
            Rule = definition.Name,
            Class = Class,
            App = facts.App,
            Environment = "production",
            Severity = "info",
            Title = definition.Weekday is null ? "the last day" : "the last week",
            Unit = "count",
            Value = actions.Length,
            Limit = 0,
            Clock = "event",
            Since = facts.From,
            At = facts.To,
            Reason = Class,
            Summary = $"DIGEST {PlainText.Line(facts.App, MaxApp)}, {day}: {(actions.Length == 0 ? Nothing : $"{actions.Length} to act on")}{success}",
            Lines = [("To act on", actions.Length == 0 ? Nothing : string.Join("; ", actions)), .. VitalLines(facts), .. OtherLines(facts)],
            DashboardUrl = links.Dashboard(facts.App, null, Evaluation.SegmentKey.Fleet),
        };
    }

    /// <summary>Characters of an app's name in the headline.</summary>
    private const int MaxApp = 44;

    private static IEnumerable<string> ActionsOf(DigestFacts facts)
    {
        foreach (var rule in facts.Noise.Where(rule => rule.Open > 0))
            yield return $"{rule.Rule} is still open";
        // Only what chance does not explain: the intervals of the two periods lie apart.
        if (facts is { Now: { SuccessHigh: { } high, SuccessRate: { } now }, Before: { SuccessLow: { } low, SuccessRate: { } before } } && high < low)
            yield return $"success fell from {Percent(before)} to {Percent(now)}";
        foreach (var rule in facts.Noise.Where(rule => rule.Advice is not null))
            yield return $"{rule.Rule} is noisy";
        foreach (var (receiver, count) in facts.Lost.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return $"{receiver} never got {Counted.Of(count, "message")}";
    }

    private static IEnumerable<MessageLine> VitalLines(DigestFacts facts)
    {
        var (now, before) = (facts.Now, facts.Before);
        yield return ("Success", now.SuccessRate is { } rate
            ? $"{Percent(rate)}{Change(rate - before.SuccessRate, "points", 1)}, {Counted.Of(now.Attempts, "attempt")}{(now.Devices is { } devices ? $" of {Counted.Of(devices, "device")}" : "")}"
            : "no attempt");
        yield return ("Duration p99", now.DurationP99 is { } slow ? $"{Quantity.Measured(slow, "ms", slow)}{Change((slow - before.DurationP99) / 1000, "s", 1)}" : "unknown");
        yield return ("Conflicts", now.ConflictRate is { } conflicts ? $"{Percent(conflicts)}{Change(conflicts - before.ConflictRate, "points", 1)}" : "unknown");
        yield return ("Upload queue", now.QueueP99 is { } queue ? $"99 % of devices have at most {Counted.Of(queue, "item")} waiting{Change(queue - before.QueueP99, "items", 0)}" : "unknown");
        yield return ("Freshness", now.StalenessP90 is { } stale
            ? $"90 % of devices synced within {Quantity.Span(TimeSpan.FromSeconds(stale))}{(before.StalenessP90 is { } was ? $" (before: {Quantity.Span(TimeSpan.FromSeconds(was))})" : "")}"
            : "unknown");
    }

    private static IEnumerable<MessageLine> OtherLines(DigestFacts facts)
    {
        yield return ("Releases", Listed(facts.Releases.OrderByDescending(release => release.Share).Select(release =>
            $"{release.Version} is new: {Percent(release.Share)} of attempts{(release.SuccessRate is { } rate ? $", success {Percent(rate)}" : "")}"), "no new one"));
        yield return ("Alerts", Listed(facts.Noise.OrderByDescending(rule => rule.Incidents).ThenBy(rule => rule.Rule, StringComparer.Ordinal).Select(rule =>
            $"{rule.Rule}: {Counted.Of(rule.Incidents, "incident")}, {rule.Acknowledged} acknowledged{(rule.Open > 0 ? $", {rule.Open} open" : "")}"), "none"));
        yield return ("Detected late", Listed(facts.Late.Select(Late), "none"));
        yield return ("Noise", Listed(facts.Noise.Where(rule => rule.Advice is not null).Select(rule => $"{rule.Rule}: {rule.Advice}"), "none"));
    }

    private static string Late(LateBreach breach)
    {
        var where = string.Concat(breach.Where.Where(value => value.Length > 0).Select(value => " " + PlainText.Line(value, MaxApp)));
        var value = breach.Value is { } measured ? $" {Quantity.Measured(measured, breach.Unit, measured)}" : "";
        return $"{breach.Rule}{where}:{value} up to {Quantity.Moment(breach.WindowEnd)}, found {Quantity.Span(breach.By)} later";
    }

    private static string Listed(IEnumerable<string> items, string whenEmpty)
    {
        var all = items.ToArray();
        return all.Length == 0 ? whenEmpty : string.Join("; ", all.Length > MaxNamed ? all.Take(MaxNamed).Append($"{all.Length - MaxNamed} more") : all);
    }

    private static string Percent(double value) => Quantity.Measured(value, "percent", value);

    private static string Change(double? change, string unit, int decimals)
    {
        if (change is not { } by)
            return "";
        var rounded = Math.Round(by, decimals, MidpointRounding.AwayFromZero);
        return rounded == 0 ? " (as before)" : string.Create(CultureInfo.InvariantCulture, $" ({(rounded > 0 ? "+" : "−")}{Math.Abs(rounded).ToString("F" + decimals, CultureInfo.InvariantCulture)} {unit})");
    }
}
