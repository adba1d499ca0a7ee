namespace SyncHealth.Client;

/// <summary>What the device says about sending now. Values combine.</summary>
[Flags]
public enum SendConditions
{
    /// <summary>Nothing speaks against it.</summary>
    None = 0,

    /// <summary>There is no network: nothing is tried, so that no radio is woken.</summary>
    Offline = 1,

    /// <summary>The user pays by volume: batches wait until they are full, or <see cref="SyncTelemetryOptions.SparingInterval"/> has passed.</summary>
    Metered = 2,

    /// <summary>The battery is low: as <see cref="Metered"/>.</summary>
    LowBattery = 4,
}
