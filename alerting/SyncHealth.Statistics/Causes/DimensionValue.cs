namespace SyncHealth.Statistics.Causes;

/// <summary>One value of one dimension.</summary>
/// <param name="Dimension">The dimension, such as "network".</param>
/// <param name="Value">Its value, such as "cellular".</param>
public readonly record struct DimensionValue(string Dimension, string Value);
