using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Durations and staleness as bars over ranges that people think in.</summary>
public static class Histogram
{
    private static readonly HistogramBin[] DurationBins =
    [
        new(100, "0.1 s", "below 100 ms"), new(200, "0.2", "100–200 ms"), new(500, "0.5", "200–500 ms"), new(1_000, "1 s", "0.5–1 s"),
        new(2_000, "2", "1–2 s"), new(5_000, "5", "2–5 s"), new(10_000, "10 s", "5–10 s"), new(20_000, "20", "10–20 s"),
        new(60_000, "1 min", "20–60 s"), new(300_000, "5", "1–5 min"), new(double.PositiveInfinity, "more", "over 5 min"),
    ];

    private static readonly HistogramBin[] StalenessBins =
    [
        new(300, "5 min", "below 5 min"), new(900, "15", "5–15 min"), new(3_600, "1 h", "15–60 min"), new(6 * 3_600, "6", "1–6 h"),
        new(24 * 3_600, "1 d", "6–24 h"), new(3 * 86_400, "3", "1–3 d"), new(7 * 86_400, "7", "3–7 d"), new(double.PositiveInfinity, "more", "over 7 d"),
    ];

    public static ChartModel Durations(IReadOnlyList<DistributionBucket> buckets) => new(
        "histogram", "Durations", "attempts that took up to …", Bars(buckets, DurationBins, ChartUnit.Attempts, "Attempts"), "No sync attempts in this range.");

    public static ChartModel Staleness(IReadOnlyList<DistributionGroup> groups, int gone) => new(
        "staleness", "Time since last success", gone == 0 ? "devices, up to …" : $"devices, up to …; {Quantity.Count(gone)} more are gone",
        Bars([.. groups.SelectMany(group => group.Buckets)], StalenessBins, ChartUnit.Devices, "Devices"), "No device has reported in the active window.");

    /// <summary>What a duration chart's bars or rows are, shortest first.</summary>
    internal static IReadOnlyList<HistogramBin> OfDurations => DurationBins;

    /// <summary>Attempts in each of <see cref="OfDurations"/>.</summary>
    internal static long[] CountDurations(IEnumerable<DistributionBucket> buckets) => Counts(buckets, DurationBins);

    private static long[] Counts(IEnumerable<DistributionBucket> buckets, HistogramBin[] bins)
    {
        var counts = new long[bins.Length];
        foreach (var bucket in buckets)
            counts[Array.FindIndex(bins, bin => Middle(bucket) < bin.Below)] += bucket.Count;
        return counts;
    }

    private static ChartSpec Bars(IReadOnlyList<DistributionBucket> buckets, HistogramBin[] bins, ChartUnit unit, string name)
    {
        var counts = Counts(buckets, bins);
        return new ChartSpec
        {
            Kind = ChartKind.Columns,
            Unit = unit,
            Series = [new ChartSeries(name, "series-1", 0, [.. counts.Select(count => (double?)count)])],
            Categories = [.. bins.Select(bin => bin.Label)],
            Ticks = [.. bins.Select(bin => bin.Tick)],
            Min = 0,
        };
    }

    /// <summary>Geometric, because the buckets are; one without an end goes by its beginning.</summary>
    private static double Middle(DistributionBucket bucket) => bucket switch
    {
        { To: null } => bucket.From,
        { From: <= 0 } => bucket.To.Value / 2,
        _ => Math.Sqrt(bucket.From * bucket.To.Value),
    };
}
