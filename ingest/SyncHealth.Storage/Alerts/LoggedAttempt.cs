namespace SyncHealth.Storage.Alerts;

/// <summary>One attempt to deliver a notification, and what became of it.</summary>
/// <param name="Number">From 1; one that is missing was taken over before its outcome was known.</param>
/// <param name="At">When it ended; wall clock.</param>
/// <param name="TookMs">How long its request, or all of its requests, took; milliseconds.</param>
/// <param name="Outcome"><c>delivered</c>, <c>retry</c> or <c>refused</c>.</param>
/// <param name="Said">The beginning of what was sent.</param>
/// <param name="Detail">The receiver's word, without secrets.</param>
public sealed record LoggedAttempt(int Number, DateTimeOffset At, int TookMs, string Outcome, string Said, string Detail);
