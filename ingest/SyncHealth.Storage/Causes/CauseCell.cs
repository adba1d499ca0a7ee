using SyncHealth.Statistics.Causes;

namespace SyncHealth.Storage.Causes;

/// <summary>The counts of one segment in both periods.</summary>
internal readonly record struct CauseCell(CauseCounts Before, CauseCounts Now)
{
    public CauseCell Plus(CauseCell other) => new(Plus(Before, other.Before), Plus(Now, other.Now));

    public CauseCell With(long devicesBefore, long devicesNow) => new(Before with { Devices = devicesBefore }, Now with { Devices = devicesNow });

    /// <summary>With as many devices as its share of the attempts of <paramref name="whole"/> suggests.</summary>
    public CauseCell PartOf(CauseCell whole) => With(Share(Before, whole.Before), Share(Now, whole.Now));

    private static CauseCounts Plus(CauseCounts left, CauseCounts right) =>
        new(left.Attempts + right.Attempts, left.Failures + right.Failures, left.Devices + right.Devices);

    private static long Share(CauseCounts part, CauseCounts whole) =>
        whole.Attempts == 0 ? 0 : (long)Math.Round((double)whole.Devices * part.Attempts / whole.Attempts);
}
