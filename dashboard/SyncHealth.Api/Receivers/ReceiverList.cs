namespace SyncHealth.Api.Receivers;

/// <summary>The receivers of an installation, and whether somebody evaluates rules at all.</summary>
/// <param name="Watchdog"><c>firing</c> as long as rules are evaluated; <c>absent</c> when they were not for two minutes, or never.</param>
/// <param name="LastEvaluationAt">When all rules were last evaluated; wall clock; null: never.</param>
/// <param name="MissedEvaluations">Evaluations that were due and did not happen, or failed as a whole.</param>
public sealed record ReceiverList(string Watchdog, DateTimeOffset? LastEvaluationAt, long MissedEvaluations, IReadOnlyList<ReceiverView> Receivers);
