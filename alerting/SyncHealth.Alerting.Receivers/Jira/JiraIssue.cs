namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>An issue as Jira keeps it.</summary>
/// <param name="Status">Name of the status; <c>To Do</c> or <c>Done</c>.</param>
/// <param name="Comments">Plain text of each comment.</param>
public sealed record JiraIssue(
    string Key, string Project, string IssueType, string Summary, string Status, IReadOnlyList<string> Labels,
    IReadOnlyList<string> Comments, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt)
{
    /// <summary>Plain text of its description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The number by which Jira knows it whatever its key.</summary>
    public long Id { get; init; }

    /// <summary>Why it is done; null while it is not.</summary>
    public string? Resolution { get; init; }

    /// <summary>Keys of the issues it is linked to.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }
}
