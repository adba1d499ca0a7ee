namespace SyncHealth.Alerting.States;

/// <summary>What one evaluation did to an alert instance: its new state, and the change of status if there was one.</summary>
public sealed record Step(AlertState State, AlertTransition? Transition);
