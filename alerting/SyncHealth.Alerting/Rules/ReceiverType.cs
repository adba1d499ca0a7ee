namespace SyncHealth.Alerting.Rules;

/// <summary>A kind of receiver and the keys it takes.</summary>
/// <param name="Name">The value of <c>type</c>.</param>
/// <param name="Required">Keys that must be there.</param>
/// <param name="Secrets">Secrets that must be there, each as <c>NAMEFile</c> or <c>NAMEEnv</c>, never as itself.</param>
/// <param name="Optional">Keys that may be there.</param>
public sealed record ReceiverType(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Secrets, IReadOnlyList<string> Optional)
{
    public static readonly ReceiverType PagerDuty = new("pagerduty", [], ["routingKey"], ["url", "changeUrl"]);

    public static readonly ReceiverType Slack = new("slack", [], [], ["channel", "apiUrl"]) { AnyOf = ["webhookUrl", "botToken"] };

    public static readonly ReceiverType Jira = new("jira", ["baseUrl", "project", "email"], ["token"], ["issueType", "reopenWithin", "wontDo"]);

    public static readonly ReceiverType Webhook = new("webhook", ["url"], ["secret"], ["format"]);

    public static readonly ReceiverType Email = new("email", ["host", "from", "to"], [], ["port", "tls", "username"]) { OptionalSecrets = ["password"] };

    /// <summary>Keys that every receiver may have, whatever its type.</summary>
    private static readonly string[] OfAll = ["fallback"];

    /// <summary>All types, by name.</summary>
    public static IReadOnlyDictionary<string, ReceiverType> ByName { get; } =
        new[] { PagerDuty, Slack, Jira, Webhook, Email }.ToDictionary(type => type.Name);

    /// <summary>The names that the shipped rules use: a rule may name them whether they are configured or not.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = [PagerDuty.Name, Slack.Name, Jira.Name];

    /// <summary>Secrets of which one at least must be there, in the same two forms.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>Secrets that may be there, in the same two forms.</summary>
    public IReadOnlyList<string> OptionalSecrets { get; init; } = [];

    /// <summary>Every secret that may be named.</summary>
    public IReadOnlyList<string> AllSecrets => [.. Secrets, .. AnyOf, .. OptionalSecrets];

    /// <summary>Every key a definition of this type may hold.</summary>
    public IReadOnlyList<string> AllowedKeys =>
        ["type", .. Required, .. AllSecrets.SelectMany(secret => new[] { secret + "File", secret + "Env" }), .. Optional, .. OfAll];
}
