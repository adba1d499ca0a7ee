using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>What is known of one metric, over all strata or inside one.</summary>
internal sealed record MetricEvidence
{
    public required VerdictMetric Metric { get; init; }

    public required IReadOnlyList<StratumComparison> Strata { get; init; }

    public required DeviceSums Release { get; init; }

    public required DeviceSums Baseline { get; init; }

    public IReadOnlyList<StratumOverlap> Overlaps { get; init; } = [];

    public IReadOnlyList<StratumComparison> Placebo { get; init; } = [];

    public IReadOnlyList<StratumChanges> Changes { get; init; } = [];

    /// <summary>What the input says of one metric, of all strata or of one.</summary>
    public static MetricEvidence Of(VerdictInput input, VerdictMetric metric, Stratum? only = null)
    {
        var strata = input.Strata.Where(row => only is null || row.Stratum == only).Select(row => row.Of(metric)).ToArray();
        var totals = only is null ? input.Totals?.Of(metric) : null;
        return new MetricEvidence
        {
            Metric = metric,
            Strata = strata,
            Release = totals?.Treated ?? Sum(strata.Select(stratum => stratum.Treated)),
            Baseline = totals?.Control ?? Sum(strata.Select(stratum => stratum.Control)),
            Overlaps = only is null ? [.. input.Shared.Select(shared => shared.Of(metric))] : [],
            Placebo = [.. input.Placebo.Where(row => only is null || row.Stratum == only).Select(row => row.Of(metric))],
            Changes = [.. input.Changes.Where(row => only is null || row.Stratum == only)],
        };
    }

    /// <summary>Devices that fell silent, one question a device.</summary>
    public static MetricEvidence Of(Coverage coverage)
    {
        var silent = new StratumComparison(
            "all",
            DeviceSums.OfSingleAttempts(coverage.ReleaseDevices, coverage.ReleaseSilent),
            DeviceSums.OfSingleAttempts(coverage.BaselineDevices, coverage.BaselineSilent));
        return new MetricEvidence { Metric = VerdictMetric.SilentShare, Strata = [silent], Release = silent.Treated, Baseline = silent.Control };
    }

    public static DeviceSums Sum(IEnumerable<DeviceSums> sums) => sums.Aggregate(default(DeviceSums), DeviceSums.Add);
}
