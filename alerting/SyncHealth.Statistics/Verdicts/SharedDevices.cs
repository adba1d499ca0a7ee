using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>The devices that two strata share (wifi at home, cellular on the way).</summary>
/// <param name="First">The first stratum, in the order of the products.</param>
/// <param name="Second">The second.</param>
/// <param name="Release">The release's overlap.</param>
/// <param name="Baseline">The baseline's.</param>
public sealed record SharedDevices(Stratum First, Stratum Second, ArmOverlap Release, ArmOverlap Baseline)
{
    internal StratumOverlap Of(VerdictMetric metric) => new(First.Name, Second.Name, Release.Of(metric), Baseline.Of(metric));
}
