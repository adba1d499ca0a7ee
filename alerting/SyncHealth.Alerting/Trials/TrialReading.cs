using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Trials;

/// <summary>What reading a file of rule tests came to; with any problem there is no document.</summary>
public sealed record TrialReading(TrialDocument? Document, IReadOnlyList<RuleProblem> Problems);
