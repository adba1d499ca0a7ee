namespace SyncHealth.Storage.Alerts;

/// <summary>A change of state with what is needed to read its inputs.</summary>
/// <param name="Unit">Unit of the alert's metric.</param>
/// <param name="Threshold">The alert's threshold at its last evaluation; the inputs may name another.</param>
public sealed record LoggedTransition(AlertTransitionSummary Transition, string Unit, double Threshold);
