namespace SyncHealth.Alerting.Rules;

/// <summary>What a metric counts, which decides what is evidence for it.</summary>
public enum MetricBasis
{
    /// <summary>Attempts: a rate, a share or a percentile.</summary>
    Attempts = 1,

    /// <summary>Devices: a share of those active in the window.</summary>
    Devices = 2,

    /// <summary>A number as it is: nothing is a value too.</summary>
    Count = 3,

    /// <summary>Devices heard from, against those expected.</summary>
    Expected = 4,

    /// <summary>Devices of two releases: the verdict brings its own days, thresholds and least evidence.</summary>
    Releases = 5,
}
