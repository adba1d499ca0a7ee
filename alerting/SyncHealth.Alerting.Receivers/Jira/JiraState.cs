namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>The site's issues.</summary>
public sealed record JiraState(IReadOnlyList<JiraIssue> Issues);
