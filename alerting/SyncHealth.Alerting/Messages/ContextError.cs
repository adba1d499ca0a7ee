namespace SyncHealth.Alerting.Messages;

/// <summary>Failed attempts that ended with one error; kind and code are empty where none was given.</summary>
public sealed record ContextError(string Kind, string Code, long Failures);
