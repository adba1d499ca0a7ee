namespace SyncHealth.Alerting.Routing;

/// <summary>Alerts that nobody wants to hear of for a while. They are evaluated and shown as ever; only the messages wait.</summary>
/// <param name="Matchers">All have to hold.</param>
/// <param name="EndsAt">The first moment at which it no longer holds.</param>
public sealed record Silence(IReadOnlyList<LabelMatcher> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    /// <summary>Matchers of one silence: more are several silences.</summary>
    public const int MaxMatchers = 20;

    /// <summary>Longest silence: what nobody wants to hear of for longer is a rule to change.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromDays(90);

    /// <summary>Whether it holds for an alert with <paramref name="labels"/> at <paramref name="now"/>.</summary>
    public bool Covers(IReadOnlyDictionary<string, string> labels, DateTimeOffset now) =>
        StartsAt <= now && now < EndsAt && Matchers.All(matcher => matcher.Matches(labels));
}
