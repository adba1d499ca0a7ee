namespace SyncHealth.Alerting.Routing;

/// <summary>An interval that holds messages back.</summary>
/// <param name="Interval">Its name.</param>
/// <param name="Until">When it lets go; null when that is more than a year away.</param>
public sealed record Hold(string Interval, DateTimeOffset? Until);
