using SyncHealth.Statistics.Causes;

namespace SyncHealth.Statistics.Tests.Causes;

/// <summary>Sums the finest segments up to every wider one.</summary>
internal static class Segments
{
    public static IReadOnlyList<CauseElement> Of(IReadOnlyList<CauseElement> leaves) =>
        [.. Enumerable.Range(1, (1 << leaves[0].Where.Count) - 1).SelectMany(mask => Over(leaves, mask))];

    public static CauseCounts Sum(IEnumerable<CauseCounts> counts) =>
        counts.Aggregate(default(CauseCounts), (sum, next) => new CauseCounts(sum.Attempts + next.Attempts, sum.Failures + next.Failures, sum.Devices + next.Devices));

    /// <summary>All segments over the dimensions whose bit is set.</summary>
    private static IEnumerable<CauseElement> Over(IReadOnlyList<CauseElement> leaves, int mask) =>
        leaves.GroupBy(leaf => string.Join('|', leaf.Where.Where((_, index) => (mask >> index & 1) == 1)))
            .Select(group => new CauseElement([.. group.First().Where.Where((_, index) => (mask >> index & 1) == 1)], Sum(group.Select(leaf => leaf.Before)), Sum(group.Select(leaf => leaf.Now))));
}
