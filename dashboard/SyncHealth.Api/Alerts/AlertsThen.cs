namespace SyncHealth.Api.Alerts;

/// <summary>What on-call saw: the alerts that stood open at a past moment, most severe first.</summary>
/// <param name="At">The moment.</param>
/// <param name="Alerts">For each the change that put it into the state it was in (<c>to</c>), with what that evaluation saw, as it was stored then.</param>
public sealed record AlertsThen(DateTimeOffset At, IReadOnlyList<AlertTransition> Alerts);
