using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>What the devices on a release did since it was first seen. Counts are exact.</summary>
public sealed record ReleaseTotals
{
    public string AppVersion { get; init; } = "";

    /// <summary>Distinct devices that ever reported from it, also those that only opened the app.</summary>
    public long Devices { get; init; }

    /// <summary>Of these, seen on it in the last 7 days.</summary>
    public long ActiveDevices { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public long Attempts { get; init; }
    public long Successes { get; init; }
    public long FirstTry { get; init; }
    public FailureSplit Failures { get; init; }
    public long Over60s { get; init; }
    public long Conflicted { get; init; }
    public long Conflicts { get; init; }
}
