namespace SyncHealth.Statistics.Causes;

/// <summary>One element of a dimension and its part of a quantity that adds up.</summary>
/// <param name="Name">The element.</param>
/// <param name="Expected">What was expected of it.</param>
/// <param name="Actual">What it was.</param>
public sealed record SumElement(string Name, double Expected, double Actual);
