using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>Says what explains a drop.</summary>
public static class CauseWords
{
    /// <summary>An error that explains less than this is one of several, and not named in the sentence.</summary>
    private const double MainError = 0.5;

    /// <summary>Filters that narrow a page to a cause's segment.</summary>
    public static IReadOnlyList<DimensionFilter> Filters(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return [.. cause.Segment.Where.Select(part => new DimensionFilter(part.Dimension, part.Value))];
    }

    /// <summary>The end of the headline: what explains the drop, or that nothing single does.</summary>
    /// <param name="within">The part of a new segment in which its failures are; null where there is none.</param>
    public static IEnumerable<HeadlinePart> Sentence(Explanation explanation, Suspect? within = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        if (explanation.Causes.Count == 0)
            return [new(". No single dimension explains this beyond doubt.")];
        var cause = explanation.Causes[0];
        var name = HeadlinePart.Bold(SegmentWords.Phrase(Filters(cause)));
        var share = HeadlinePart.Bold(Share(cause.Explained));
        IEnumerable<HeadlinePart> where = cause.Kind == CauseKind.GotWorse ? [new(": "), name, new(" got worse, which explains "), share, new(" of the drop")]
            : cause.IsNew ? [new(": "), name, new($" is new, and {Quantity.Percent(100 * cause.Segment.Now.Rate)} of its syncs fail{InItsPlace(cause)}, which explains "), share, new(" of the drop"), .. Worst(within)]
            : [new(": more syncs come from "), name, new(", which fails as often as before; that explains "), share, new(" of the drop")];
        return explanation.ErrorCodes is [var error, ..] && error.Explained >= MainError
            ? [.. where, new("; the error is "), HeadlinePart.Bold(Error(error.Code.Code)), new(".")]
            : [.. where, new(".")];
    }

    /// <summary>A dimension's value of a cause; <c>any</c> where the cause goes through all of them.</summary>
    public static string ValueOf(Cause cause, string dimension)
    {
        ArgumentNullException.ThrowIfNull(cause);
        foreach (var part in cause.Segment.Where)
            if (part.Dimension == dimension)
                return SegmentWords.Value(part.Value);
        return "any";
    }

    /// <summary>What happened to a segment, in a word or two.</summary>
    public static string Kind(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.IsNew ? "new" : cause.Kind == CauseKind.GotWorse ? "got worse" : "mix moved";
    }

    /// <summary>How much of it failed before, or of what was in its place; a dash where there was nothing.</summary>
    public static string RateBefore(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.RateBefore is { } rate ? Quantity.Percent(100 * rate) : "–";
    }

    /// <summary>How much of the drop something explains: others that became better meanwhile make it more than all, which nobody can read.</summary>
    public static string Share(double explained) => explained >= 0.995 ? "all" : Quantity.Percent(100 * Math.Max(0, explained));

    private static string InItsPlace(Cause cause) => cause.RateBefore is null ? "" : $", where {RateBefore(cause)} failed before it";

    private static IEnumerable<HeadlinePart> Worst(Suspect? within) =>
        within is null ? [] : [new("; worst is "), HeadlinePart.Bold(SegmentWords.Phrase(within.Segment)), new($" with {Quantity.Percent(100 * within.Share)} of the failures")];

    /// <summary>An error by its joint name.</summary>
    public static string Error(string name)
    {
        var (kind, code) = ErrorName.Read(name);
        return ExploreWords.Error(kind, code);
    }

    /// <summary>The label of a dimension, <c>App version</c> or <c>Tag region</c>.</summary>
    public static string Label(string dimension) => Dimension.FindAny(dimension)?.Label ?? dimension;
}
