namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule says about good and bad.</summary>
/// <param name="Below">Whether low values are the bad ones.</param>
internal sealed record Threshold(double Limit, double Recover, bool Below, RuleComparison? Comparison);
