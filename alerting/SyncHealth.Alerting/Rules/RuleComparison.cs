namespace SyncHealth.Alerting.Rules;

/// <summary>A threshold that moves with a baseline.</summary>
/// <param name="By">How much worse is a breach: percentage points of a rate or share, percent of a duration or count.</param>
/// <param name="RecoverBy">How much worse is still good; <paramref name="By"/> unless the rule asks for less.</param>
public sealed record RuleComparison(double By, double RecoverBy, ComparedWith With);
