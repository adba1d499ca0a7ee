namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule file holds; each section may be missing, so that rules and receivers can live apart.</summary>
public sealed record RuleDocument(IReadOnlyList<AlertRule> Rules, IReadOnlyList<ReceiverDefinition> Receivers);
