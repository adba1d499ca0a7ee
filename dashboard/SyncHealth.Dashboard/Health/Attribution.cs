using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>Finds where something is bad: of all single values and pairs of the core dimensions, the one that best splits the fleet in two.</summary>
public static class Attribution
{
    /// <summary>A chance finding among some hundred candidates stays below this: e^-10 each.</summary>
    private const double LeastEvidence = 10;

    /// <summary>What a second dimension has to add before it is named: the narrower segment is nearly always a little worse by chance.</summary>
    private const double EvidencePerDimension = 3;

    /// <summary>The suspect, or null when nothing stands out.</summary>
    /// <param name="cells">Tallies by all core dimensions: their sum is the fleet.</param>
    public static Suspect? Find(IReadOnlyList<(IReadOnlyDictionary<string, string> By, Tally Tally)> cells)
    {
        var whole = Tally.Sum(cells.Select(cell => cell.Tally));
        var best = Candidates(cells)
            .Select(candidate => (candidate.Segment, candidate.Tally, Evidence: candidate.Tally.EvidenceWithin(whole) - (EvidencePerDimension * (candidate.Segment.Count - 1))))
            .OrderByDescending(candidate => candidate.Evidence)
            .FirstOrDefault();
        return best.Evidence >= LeastEvidence
            ? new Suspect(best.Segment, (double)best.Tally.Bad / whole.Bad, best.Tally)
            : null;
    }

    private static IEnumerable<(IReadOnlyList<DimensionFilter> Segment, Tally Tally)> Candidates(
        IReadOnlyList<(IReadOnlyDictionary<string, string> By, Tally Tally)> cells)
    {
        foreach (var dimensions in DimensionSets())
            foreach (var group in cells.GroupBy(cell => string.Join('\n', dimensions.Select(dimension => cell.By.GetValueOrDefault(dimension.Name, "")))))
                yield return (
                    [.. dimensions.Select(dimension => new DimensionFilter(dimension.Name, group.First().By.GetValueOrDefault(dimension.Name, "")))],
                    Tally.Sum(group.Select(cell => cell.Tally)));
    }

    private static IEnumerable<Dimension[]> DimensionSets()
    {
        for (var first = 0; first < Dimension.Core.Count; first++)
        {
            yield return [Dimension.Core[first]];
            for (var second = first + 1; second < Dimension.Core.Count; second++)
                yield return [Dimension.Core[first], Dimension.Core[second]];
        }
    }
}
