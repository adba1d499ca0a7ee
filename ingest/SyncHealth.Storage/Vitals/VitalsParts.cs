namespace SyncHealth.Storage.Vitals;

/// <summary>What a question wants beside counts, rates and durations: each part costs a query of its own.</summary>
[Flags]
public enum VitalsParts
{
    /// <summary>Counts, rates and durations only.</summary>
    None = 0,

    /// <summary>Distinct devices per row.</summary>
    Devices = 1,

    /// <summary>Queue depth and staleness.</summary>
    Fleet = 2,

    /// <summary>The estimated share of events that have arrived.</summary>
    Completeness = 4,

    /// <summary>What was written on devices, with <see cref="Fleet"/> only: the fleet at the start of the range as well.</summary>
    Written = 8,

    /// <summary>Everything.</summary>
    All = Devices | Fleet | Completeness | Written,
}
