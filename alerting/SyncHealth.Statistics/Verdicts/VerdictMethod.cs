namespace SyncHealth.Statistics.Verdicts;

/// <summary>How a difference was found.</summary>
public enum VerdictMethod
{
    /// <summary>Exact sequence over devices' own shares: for the first devices.</summary>
    Exact,

    /// <summary>Against the devices still on the baseline in the same days, stratum by stratum.</summary>
    Concurrent,

    /// <summary>Each device against itself before the upgrade, less what the others changed in the same days.</summary>
    DifferenceInDifferences,
}
