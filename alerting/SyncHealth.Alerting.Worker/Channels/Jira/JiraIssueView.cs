namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>An issue as Jira shows it: under the key it has now, which is another one when somebody moved it.</summary>
internal sealed record JiraIssueView
{
    public string? Key { get; init; }

    public long? Id { get; init; }

    /// <summary>Whether its status is of the category "done".</summary>
    public bool IsDone { get; init; }

    public string? Resolution { get; init; }

    /// <summary>When its status last went from one category to another.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];
}
