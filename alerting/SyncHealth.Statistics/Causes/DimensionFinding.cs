namespace SyncHealth.Statistics.Causes;

/// <summary>What one dimension says about a change.</summary>
/// <param name="Dimension">The dimension, such as "network".</param>
/// <param name="Elements">All its elements, the most surprising first.</param>
/// <param name="Chosen">Those that together explain the change.</param>
/// <param name="Surprise">The sum of all elements' surprise: dimensions are ranked by it.</param>
public sealed record DimensionFinding(string Dimension, IReadOnlyList<ExplainedElement> Elements, IReadOnlyList<ExplainedElement> Chosen, double Surprise);
