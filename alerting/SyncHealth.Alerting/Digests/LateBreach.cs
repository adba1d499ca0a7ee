namespace SyncHealth.Alerting.Digests;

/// <summary>A breach of a window that was over when the data which shows it arrived.</summary>
/// <param name="Where">Values of its segment; empty for the whole fleet.</param>
/// <param name="Value">The metric in that window, in <paramref name="Unit"/>.</param>
/// <param name="Unit"><c>percent</c>, <c>ms</c> or <c>count</c>.</param>
/// <param name="WindowEnd">End of the window.</param>
/// <param name="By">How long after it the breach was found.</param>
public sealed record LateBreach(string Rule, IReadOnlyList<string> Where, double? Value, string Unit, DateTimeOffset WindowEnd, TimeSpan By);
