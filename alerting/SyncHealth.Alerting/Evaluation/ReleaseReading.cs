using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>What is known of a release that came to its devices within the days a verdict looks back.</summary>
/// <param name="Release">Its name.</param>
/// <param name="Verdict">The verdict against its older baseline; null where most devices that ran it run another release by now, so that nothing is at stake any more.</param>
/// <param name="From">Start of the days that were compared.</param>
public sealed record ReleaseReading(string Release, ReleaseVerdict? Verdict, DateTimeOffset From);
