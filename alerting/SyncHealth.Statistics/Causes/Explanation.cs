namespace SyncHealth.Statistics.Causes;

/// <summary>What explains a change.</summary>
public sealed record Explanation
{
    /// <summary>The change of the failure rate, now − before: above 0 things got worse.</summary>
    public required double Change { get; init; }

    /// <summary>The change split into "got worse" and "mix moved", by the dimension whose mix moved it most.</summary>
    public required MixRateSplit Split { get; init; }

    /// <summary>The segments that explain it, the surest first; empty: no single dimension explains this.</summary>
    public required IReadOnlyList<Cause> Causes { get; init; }

    /// <summary>The error codes that explain it, the largest part first.</summary>
    public required IReadOnlyList<ErrorCause> ErrorCodes { get; init; }

    /// <summary>The dimensions by Adtributor's surprise: where to look when nothing is certain.</summary>
    public required IReadOnlyList<DimensionFinding> Dimensions { get; init; }
}
