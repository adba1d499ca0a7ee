namespace SyncHealth.Storage.Vitals;

/// <summary><c>dimension:value</c>. The same dimension twice means either, different dimensions mean both.</summary>
public readonly record struct DimensionFilter(string Dimension, string Value);
