using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Explore;

/// <summary>What the numbers are held against.</summary>
/// <param name="Segment">The other part of the fleet; empty for another time.</param>
public sealed record Comparison(ComparisonKind Kind, FilterSet Segment)
{
    public static readonly Comparison None = new(ComparisonKind.None, FilterSet.Empty);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static readonly IReadOnlyList<(ComparisonKind Kind, string Code, string Label)> All =
    [
        (ComparisonKind.None, "none", "nothing"), (ComparisonKind.Previous, "previous", "the period before"),
        (ComparisonKind.LastWeek, "week", "last week"), (ComparisonKind.Segment, "segment", "another segment"),
    ];

    public string Code => All.First(entry => entry.Kind == Kind).Code;

    /// <summary>On a legend and in a column head.</summary>
    public string Label => Kind switch
    {
        ComparisonKind.LastWeek => "a week before",
        ComparisonKind.Segment => ExploreWords.Segment(Segment.Filters),
        _ => "the period before",
    };

    public static Comparison Parse(string? code, IReadOnlyList<string?>? segment)
    {
        var kind = All.FirstOrDefault(entry => entry.Code == code).Kind;
        return new Comparison(kind, kind == ComparisonKind.Segment ? FilterSet.ParseAny(segment ?? []) : FilterSet.Empty);
    }

    /// <summary>How far back the other time lies. Without a comparison changes are told against the period before.</summary>
    public TimeSpan ShiftOf(TimeSpan length) => Kind switch
    {
        ComparisonKind.Segment => TimeSpan.Zero,
        ComparisonKind.LastWeek => Week * Math.Ceiling(length / Week),
        _ => length,
    };
}
