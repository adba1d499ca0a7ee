namespace SyncHealth.Alerting.Rules;

/// <summary>What reading a rule file came to. With any problem there is no document: half a rule file is none.</summary>
public sealed record RuleReading(RuleDocument? Document, IReadOnlyList<RuleProblem> Problems);
