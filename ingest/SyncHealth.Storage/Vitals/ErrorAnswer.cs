namespace SyncHealth.Storage.Vitals;

/// <summary>What went wrong in the bounds that were really counted: groups in order, points in time, most frequent errors first. They add up to attempts less successes.</summary>
public sealed record ErrorAnswer(string App, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ErrorShare> Errors);
