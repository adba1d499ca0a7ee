namespace SyncHealth.Alerting.Evaluation;

/// <summary>What was counted in one window of one segment: asked with a threshold, because attempts slower than it can only be counted once it is known.</summary>
/// <param name="limit">Threshold in the metric's unit.</param>
public delegate Measurement Reading(double limit);
