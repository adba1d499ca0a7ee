namespace SyncHealth.Benchmarks.Pages;

/// <summary>How much is measured: of a small fleet, to see that all goes, less.</summary>
/// <param name="WarmRuns">Reads of each page's data before the first of any that counts.</param>
/// <param name="Runs">Reads that count.</param>
/// <param name="LeastRuns">Reads that count however long they take.</param>
/// <param name="Loads">Page loads with a cold cache, and clicks.</param>
/// <param name="Viewers">Viewers of one page at once.</param>
/// <param name="Polls">Turns of the page's poller over which the database is watched.</param>
internal sealed record PageScale(int WarmRuns, int Runs, int LeastRuns, int Loads, int Viewers, int Polls)
{
    private const int SmallFleet = 10_000;

    /// <summary>Those of the plan, except for a fleet that is none.</summary>
    public static PageScale Of(int devices) => devices < SmallFleet ? new PageScale(WarmRuns: 0, Runs: 1, LeastRuns: 1, Loads: 1, Viewers: 3, Polls: 1) : new PageScale(WarmRuns: 10, Runs: 40, LeastRuns: 3, Loads: 20, Viewers: 50, Polls: 10);
}
