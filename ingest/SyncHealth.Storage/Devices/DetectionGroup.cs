namespace SyncHealth.Storage.Devices;

/// <summary>The devices of one segment that reported in a window, and those of them that detectors name. A device stands in the segment of its latest report.</summary>
public sealed record DetectionGroup
{
    /// <summary>Dimensions as asked, with the values of the group.</summary>
    public required IReadOnlyDictionary<string, string> By { get; init; }

    /// <summary>Devices with a report in the window.</summary>
    public long Devices { get; init; }

    /// <summary>Those whose syncs succeed while something waits and nothing moves.</summary>
    public long Stuck { get; init; }

    /// <summary>Items that wait on them.</summary>
    public long StuckItems { get; init; }

    /// <summary>Those that send the same items again and again.</summary>
    public long Reuploading { get; init; }

    /// <summary>Items that all devices of the group sent.</summary>
    public long PushedItems { get; init; }

    /// <summary>Of them, those that had been sent before.</summary>
    public long ResentItems { get; init; }

    /// <summary>Devices on which one item fails again and again and blocks the rest.</summary>
    public long Poisoned { get; init; }

    /// <summary>Devices on which a client reset threw unsynced items away.</summary>
    public long Reset { get; init; }

    /// <summary>Items thrown away.</summary>
    public long LostItems { get; init; }

    /// <summary>Devices whose clock is off by 55 minutes or more.</summary>
    public long ClocksOff { get; init; }

    /// <summary>Devices with gaps in their sequence.</summary>
    public long WithGaps { get; init; }

    /// <summary>Sequence numbers from each device's lowest to its highest of the window.</summary>
    public long Issued { get; init; }

    /// <summary>Of them, those that an event carries.</summary>
    public long Received { get; init; }

    /// <summary>Percent of the items sent that had been sent before; null when nothing was sent.</summary>
    public double? ReuploadRatio => Percent(ResentItems, PushedItems);

    /// <summary>Percent of the numbers issued that no event carries; null when no device numbers its reports.</summary>
    public double? TelemetryLoss => Percent(Issued - Received, Issued);

    private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
}
