namespace SyncHealth.Alerting.Evaluation;

/// <summary>One metric of a release verdict, in the words and units of <c>GET /api/v1/releases/{version}/verdict</c>.</summary>
/// <param name="Metric"><c>success_rate</c>, <c>slow_share</c>, <c>conflict_rate</c> or <c>silent_share</c>.</param>
/// <param name="Verdict"><c>worse</c>, <c>not_worse</c>, <c>inconclusive</c>, <c>insufficient</c>, <c>still_arriving</c> or <c>confounded</c>.</param>
/// <param name="Difference">Release less baseline, in percentage points; null where there are too few devices.</param>
/// <param name="Low">Low end of its interval, valid at every look.</param>
/// <param name="High">High end of it.</param>
public sealed record ReleaseFigure(string Metric, string Verdict, double? Difference, double? Low, double? High);
