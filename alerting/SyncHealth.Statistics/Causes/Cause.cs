namespace SyncHealth.Statistics.Causes;

/// <summary>A segment that explains a change beyond doubt.</summary>
/// <param name="Segment">The segment with its counts.</param>
/// <param name="Kind">Got worse, or more traffic went through it.</param>
/// <param name="Explained">Its part of the whole change, 1 for all of it.</param>
/// <param name="P">The p-value of "chance", valid at every look.</param>
public sealed record Cause(CauseElement Segment, CauseKind Kind, double Explained, double P);
