using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>Both arms in one stratum and the same days.</summary>
/// <param name="Stratum">The stratum.</param>
/// <param name="Release">Devices on the release.</param>
/// <param name="Baseline">Devices still on the baseline.</param>
public sealed record StratumTotals(Stratum Stratum, ArmTotals Release, ArmTotals Baseline)
{
    internal StratumComparison Of(VerdictMetric metric) => new(Stratum.Name, Release.Of(metric), Baseline.Of(metric));
}
