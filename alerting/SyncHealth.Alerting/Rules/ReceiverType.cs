namespace SyncHealth.Alerting.Rules;

/// <summary>A kind of receiver and the keys it takes.</summary>
/// <param name="Name">The value of <c>type</c>.</param>
/// <param name="Required">Keys that must be there.</param>
/// <param name="Secrets">Secrets that must be there, each as <c>NAMEFile</c> or <c>NAMEEnv</c>, never as itself.</param>
/// <param name="Optional">Keys that may be there.</param>
public sealed record ReceiverType(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Secrets, IReadOnlyList<string> Optional)
{
    public static readonly ReceiverType PagerDuty = new("pagerduty", [], ["routingKey"], ["url"]);

    public static readonly ReceiverType Slack = new("slack", [], ["webhookUrl"], []);

    public static readonly ReceiverType Jira = new("jira", ["baseUrl", "project", "email"], ["token"], ["issueType"]);

    /// <summary>All types, by name.</summary>
    public static IReadOnlyDictionary<string, ReceiverType> ByName { get; } =
        new[] { PagerDuty, Slack, Jira }.ToDictionary(type => type.Name);

    /// <summary>Every key a definition of this type may hold.</summary>
    public IReadOnlyList<string> AllowedKeys { get; } =
        ["type", .. Required, .. Secrets.SelectMany(secret => new[] { secret + "File", secret + "Env" }), .. Optional];
}
