namespace SyncHealth.Alerting.Trials;

/// <summary>A file of rule tests.</summary>
/// <param name="RulesFile">The file of rules under test, relative to this one.</param>
public sealed record TrialDocument(string RulesFile, IReadOnlyList<Trial> Trials);
