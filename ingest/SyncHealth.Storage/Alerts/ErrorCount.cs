namespace SyncHealth.Storage.Alerts;

/// <summary>Failed attempts that ended with one error.</summary>
/// <param name="Kind">As sent, <c>cancelled</c>, or empty where none was given.</param>
/// <param name="Code">As sent; empty where none was given.</param>
/// <param name="Failures">How many.</param>
public sealed record ErrorCount(string Kind, string Code, long Failures);
