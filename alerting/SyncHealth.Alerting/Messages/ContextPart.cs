using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Messages;

/// <summary>One value of one dimension, and what was measured there.</summary>
public sealed record ContextPart(string Dimension, string Value, Measurement Measurement);
