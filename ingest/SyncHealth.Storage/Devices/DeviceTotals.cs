namespace SyncHealth.Storage.Devices;

/// <summary>What one device did on one release, OS and network over some days: one observation of a verdict. Counts are exact.</summary>
public sealed record DeviceTotals
{
    public long DeviceKey { get; init; }
    public string AppVersion { get; init; } = "";
    public string Os { get; init; } = "";
    public string Network { get; init; } = "";

    /// <summary>At least 1.</summary>
    public long Attempts { get; init; }

    public long Successes { get; init; }
    public long FirstTry { get; init; }
    public long OfflineFailures { get; init; }
    public long ServerFailures { get; init; }
    public long AppFailures { get; init; }
    public long Over60s { get; init; }
    public long Conflicted { get; init; }
    public long Conflicts { get; init; }

    /// <summary>Durations of all attempts, an encoded <see cref="Vitals.DurationSketch"/>.</summary>
    public byte[] Sketch { get; init; } = [];
}
