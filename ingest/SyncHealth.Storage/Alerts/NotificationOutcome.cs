namespace SyncHealth.Storage.Alerts;

/// <summary>How an attempt to deliver ended.</summary>
/// <param name="Status"><c>delivered</c>, <c>refused</c>, <c>expired</c>, or <c>waiting</c> for another attempt.</param>
/// <param name="MayHaveArrived">Whether this or an earlier attempt may have arrived without our knowing.</param>
/// <param name="Detail">For people, without secrets.</param>
/// <param name="At">Wall clock.</param>
/// <param name="NextAttemptAt">Wall clock; meaningful while waiting.</param>
/// <param name="Reference">What the vendor calls the incident, when it told us.</param>
public sealed record NotificationOutcome(
    string Status, bool MayHaveArrived, string Detail, DateTimeOffset At, DateTimeOffset NextAttemptAt, string? Reference)
{
    /// <summary>How long the attempt took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The beginning of what was sent.</summary>
    public string Said { get; init; } = "";

    /// <summary>Whether the receiver wants no message ever again.</summary>
    public bool Disables { get; init; }
}
