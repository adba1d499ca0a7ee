namespace SyncHealth.Statistics.Causes;

/// <summary>One segment, of one to three dimensions, in both periods.</summary>
/// <param name="Where">Its dimensions' values.</param>
/// <param name="Before">The period it is compared with.</param>
/// <param name="Now">The period in question.</param>
public sealed record CauseElement(IReadOnlyList<DimensionValue> Where, CauseCounts Before, CauseCounts Now)
{
    /// <summary>The segment in words: "os android, network cellular".</summary>
    public string Name => string.Join(", ", Where.Select(value => $"{value.Dimension} {value.Value}"));

    /// <summary>Where it is new: the segment around it, old and new values together. Null where it has a past of its own.</summary>
    internal CauseElement? Place { get; init; }

    /// <summary>Whether devices enough reported in both periods; a lent past is that of all devices of its place.</summary>
    internal bool HasDevices => Math.Min((Place?.Before ?? Before).Devices, Now.Devices) >= CauseLimits.MinimumDevices;

    internal bool IsInside(CauseElement other) => other.Where.All(Where.Contains);

    internal bool IsApartFrom(CauseElement other) =>
        Where.Any(mine => other.Where.Any(its => its.Dimension == mine.Dimension && its.Value != mine.Value));

    internal bool IsExactly(IReadOnlySet<DimensionValue> values) => values.SetEquals(Where);

    internal SegmentCounts ToSegment() => new(Where[0].Value, Before.Attempts, Before.Failures, Now.Attempts, Now.Failures);
}
