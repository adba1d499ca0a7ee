namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>An issue as Jira keeps it.</summary>
/// <param name="Status">Name of the status; <c>To Do</c> or <c>Done</c>.</param>
/// <param name="Comments">Plain text of each comment.</param>
public sealed record JiraIssue(
    string Key, string Project, string IssueType, string Summary, string Status, IReadOnlyList<string> Labels,
    IReadOnlyList<string> Comments, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);
