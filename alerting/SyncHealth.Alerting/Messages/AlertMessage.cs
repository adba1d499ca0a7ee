using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Messages;

/// <summary>Everything a receiver may be told about a transition. Stored with the notification, so that a retry a day later says the same.</summary>
public sealed record AlertMessage
{
    public required NoticeKind Kind { get; init; }

    /// <summary>Identity of the incident, the same for its beginning and its end; safe to show and to search for.</summary>
    public required string IncidentKey { get; init; }

    public required string Rule { get; init; }

    public required string App { get; init; }

    public required string Environment { get; init; }

    /// <summary>What the alert tells: <c>threshold</c>, <c>no_data</c>, <c>late</c>, <c>ingest_down</c>, <c>rules_refused</c>, <c>group</c> or <c>digest</c>.</summary>
    public string Class { get; init; } = "threshold";

    /// <summary>Grouping dimensions, empty for a fleet-wide rule.</summary>
    public IReadOnlyDictionary<string, string> Segment { get; init; } = new Dictionary<string, string>();

    /// <summary><c>critical</c>, <c>error</c>, <c>warning</c>, <c>ticket</c> or <c>info</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>What is measured, in words.</summary>
    public required string Title { get; init; }

    /// <summary><c>percent</c>, <c>ms</c>, <c>count</c> or <c>points</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The metric now, in <see cref="Unit"/>; null when the rule was removed.</summary>
    public double? Value { get; init; }

    public required double Limit { get; init; }

    public bool IsBadBelow { get; init; }

    /// <summary>How bad it is at least, beyond the stated confidence; a sentence, or null where no bound is known.</summary>
    public string? Bound { get; init; }

    /// <summary>What the threshold follows from, in words; null for a fixed one.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>What is wrong in one plain sentence, for a metric that is more than a value and a limit; null for the others.</summary>
    public string? Sentence { get; init; }

    /// <summary>How long after the end of its window a breach was found, when late events showed it.</summary>
    public TimeSpan? DetectedLateBy { get; init; }

    /// <summary>Estimated share of the window's events that have arrived, 0 to 1; null before anything is learned.</summary>
    public double? Completeness { get; init; }

    /// <summary>The page on which the alert can be silenced and acknowledged; null when no address was configured.</summary>
    public string? AlertsUrl { get; init; }

    /// <summary>The value of the same window a week earlier; null when unknown.</summary>
    public double? LastWeek { get; init; }

    /// <summary>The segment that contributes most, in words; null when none stands out.</summary>
    public string? TopContributor { get; init; }

    /// <summary>The newest release while it is being rolled out, in words; null when there is none.</summary>
    public string? Rollout { get; init; }

    /// <summary>The verdict on that release, or on the one that the segment names, in one sentence; null when there is none.</summary>
    public string? RolloutVerdict { get; init; }

    /// <summary>Failed attempts in the window by kind of error, the most frequent first; null where failures are not the matter.</summary>
    public string? ErrorKinds { get; init; }

    /// <summary>The same by code of error; null where no failure had one.</summary>
    public string? ErrorCodes { get; init; }

    /// <summary>Sync attempts in the window; 0 for a share of devices.</summary>
    public long Attempts { get; init; }

    public long Devices { get; init; }

    public DateTimeOffset? WindowFrom { get; init; }

    public DateTimeOffset? WindowTo { get; init; }

    /// <summary><c>arrival</c> or <c>event</c>.</summary>
    public required string Clock { get; init; }

    /// <summary>When the incident began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When this was found out.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Worst value of the incident, for its end.</summary>
    public double? Worst { get; init; }

    /// <summary>How many devices the incident concerned, in words, for its end; null where that is not known.</summary>
    public string? AffectedDevices { get; init; }

    /// <summary>Why: <c>breach</c>, <c>total_failure</c>, <c>recovered</c> or <c>rule_deleted</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The dashboard, at this app and window; null when no address was configured.</summary>
    public string? DashboardUrl { get; init; }

    public string? RunbookUrl { get; init; }

    /// <summary>The alerts of a group that are open, the most severe first; empty for an alert that is told by itself.</summary>
    public IReadOnlyList<MessageMember> Members { get; init; } = [];

    /// <summary>Alerts of a group that are over since it was last told of.</summary>
    public int Ended { get; init; }

    /// <summary>Who said that they are on it; null where nobody did.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>The headline of a message that is no alert; null for one that is.</summary>
    public string? Summary { get; init; }

    /// <summary>What such a message says, or what stands behind a sentence, in the order of its use.</summary>
    public IReadOnlyList<MessageLine> Lines { get; init; } = [];

    /// <summary>The receiver that should have heard this and refused it, or could not be told; null where none did.</summary>
    public string? InsteadOf { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
