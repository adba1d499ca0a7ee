namespace SyncHealth.Statistics.Causes;

/// <summary>A segment that explains a change beyond doubt.</summary>
/// <param name="Segment">The segment with its counts; those before of a <see cref="CauseKind.New"/> one are of what was in its place.</param>
/// <param name="Kind">Got worse, is new and fails, or more traffic went through it.</param>
/// <param name="Explained">Its part of the whole change, 1 for all of it.</param>
/// <param name="P">The p-value of "chance", valid at every look.</param>
/// <remarks>As <see cref="CauseFinder"/> found it.</remarks>
public sealed record Cause(CauseElement Segment, CauseKind Kind, double Explained, double P)
{
    /// <summary>Whether the segment did not exist before: nothing can be said to have got worse in it.</summary>
    public bool IsNew => Kind == CauseKind.New || (Kind == CauseKind.MixMoved && Segment.Before.Attempts == 0);

    /// <summary>The rate of failures that it is held against; null where there was nothing, and nothing in its place is known.</summary>
    public double? RateBefore => Segment.Before.Attempts == 0 ? null : Segment.Before.Rate;
}
