using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Strata;

/// <summary>Two arms inside one stratum: devices alike in what is not being compared.</summary>
/// <param name="Name">The stratum, such as "android, cellular".</param>
/// <param name="Treated">The arm in question (the release).</param>
/// <param name="Control">The arm it is held against (the baseline).</param>
public sealed record StratumComparison(string Name, DeviceSums Treated, DeviceSums Control)
{
    /// <summary>The Mantel-Haenszel weight n₁n₀/(n₁+n₀) in attempts; 0 where an arm is empty.</summary>
    /// <remarks>Mantel and Haenszel (1959), JNCI 22:719; of the risk difference: Greenland and Robins (1985), Biometrics 41:55.</remarks>
    public double Weight => Treated.Attempts == 0 || Control.Attempts == 0
        ? 0
        : (double)Treated.Attempts * Control.Attempts / ((double)Treated.Attempts + Control.Attempts);
}
