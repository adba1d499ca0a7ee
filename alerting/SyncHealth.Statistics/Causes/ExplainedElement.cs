namespace SyncHealth.Statistics.Causes;

/// <summary>How much one element explains of a change.</summary>
/// <param name="Name">The element.</param>
/// <param name="ExplanatoryPower">Its part of the change; a dimension's elements sum to 1, single ones may be negative or above 1.</param>
/// <param name="Surprise">How unexpected its new share is, in nats.</param>
public sealed record ExplainedElement(string Name, double ExplanatoryPower, double Surprise);
