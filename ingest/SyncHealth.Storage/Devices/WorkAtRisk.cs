namespace SyncHealth.Storage.Devices;

/// <summary>Pending items on devices that stopped moving them.</summary>
public sealed record WorkAtRisk
{
    /// <summary>Devices that report nothing any more and still hold work.</summary>
    public long SilentDevices { get; init; }

    public long SilentItems { get; init; }

    /// <summary>Devices that report, and whose work waits all the same.</summary>
    public long StuckDevices { get; init; }

    public long StuckItems { get; init; }

    public long Devices => SilentDevices + StuckDevices;

    public long Items => SilentItems + StuckItems;
}
