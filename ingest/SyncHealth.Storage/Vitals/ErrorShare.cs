namespace SyncHealth.Storage.Vitals;

/// <summary>Attempts of one group and point that did not succeed with one error; kind and code are <c>""</c> where none was reported.</summary>
public sealed record ErrorShare(IReadOnlyDictionary<string, string> By, DateTimeOffset At, string Kind, string Code, long Attempts);
