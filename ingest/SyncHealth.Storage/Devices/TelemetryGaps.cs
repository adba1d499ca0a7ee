namespace SyncHealth.Storage.Devices;

/// <summary>Telemetry that never arrived, from the sequence numbers of the devices of the active window that number their events.</summary>
public sealed record TelemetryGaps
{
    public long Devices { get; init; }
    public long DevicesWithGaps { get; init; }

    /// <summary>Numbers from each device's lowest to its highest.</summary>
    public long Issued { get; init; }

    /// <summary>Events with a number, resends left out.</summary>
    public long Received { get; init; }

    /// <summary>Numbers that no event carries, added up over devices. An event that still waits on its device is missing from the moment a later one arrived.</summary>
    public long Missing { get; init; }
}
