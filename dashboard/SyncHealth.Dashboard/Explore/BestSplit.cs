using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Chooses what to break down by when nobody has chosen: the core dimension of which one value fails most unlike the rest.</summary>
public static class BestSplit
{
    /// <param name="cells">The range in one row for each combination of the core dimensions.</param>
    /// <param name="filters">A dimension that they fix to one value splits nothing.</param>
    public static Dimension Find(IReadOnlyList<VitalsGroup> cells, FilterSet filters)
    {
        var free = Dimension.Core.Where(dimension => filters.ValuesOf(dimension).Count() != 1).ToArray();
        return free.OrderByDescending(dimension => Evidence(cells, dimension)).FirstOrDefault() ?? Dimension.OsVersion;
    }

    private static double Evidence(IReadOnlyList<VitalsGroup> cells, Dimension dimension)
    {
        var whole = Tally.Sum(cells.Select(Failed));
        return cells.GroupBy(cell => cell.By.GetValueOrDefault(dimension.Name, ""))
            .Select(group => Tally.Sum(group.Select(Failed)).EvidenceWithin(whole))
            .DefaultIfEmpty(0).Max();
    }

    private static Tally Failed(VitalsGroup cell) => new(cell.Points[0].Attempts - cell.Points[0].Successes, cell.Points[0].Attempts);
}
