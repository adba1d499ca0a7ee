namespace SyncHealth.Storage.Alerts;

/// <summary>What became of telling one receiver about one transition.</summary>
/// <param name="Kind"><c>trigger</c>, <c>update</c>, <c>acknowledge</c>, <c>resolve</c> or <c>digest</c>.</param>
/// <param name="Status"><c>waiting</c>, <c>delivered</c>, <c>refused</c>, <c>expired</c> or <c>cancelled</c>.</param>
/// <param name="At">The transition, on the shared clock.</param>
/// <param name="CreatedAt">Wall clock.</param>
/// <param name="FinishedAt">Wall clock; null while it waits.</param>
/// <param name="InDoubt">Whether an attempt may have arrived without our knowing.</param>
/// <param name="Detail">Outcome of the last attempt, without secrets.</param>
/// <param name="Reference">What the receiver calls the incident; null when it said nothing.</param>
public sealed record LoggedDelivery(
    string Rule, IReadOnlyDictionary<string, string> Segment, string Class, string Receiver, string Kind, string Status, DateTimeOffset At,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, int Attempts, bool InDoubt, string Detail, string? Reference)
{
    /// <summary>The alert.</summary>
    public long AlertId { get; init; }

    /// <summary>Number of the transition.</summary>
    public int Sequence { get; init; }

    /// <summary>When it is tried again, if it waits; wall clock.</summary>
    public DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Whether the incident that it tells of is open.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Each attempt whose outcome is known, in their order.</summary>
    public IReadOnlyList<LoggedAttempt> Tries { get; init; } = [];

    /// <summary>Whether it never arrived, and still says what is so.</summary>
    public bool MayBeSentAgain => IsOpen && (Status is "refused" or "expired");
}
