using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>A release's totals as SQL returns them.</summary>
internal sealed record ReleaseRow
{
    public string AppVersion { get; init; } = "";
    public long Devices { get; init; }
    public long ActiveDevices { get; init; }
    public DateTime FirstSeenAt { get; init; }
    public DateTime LastSeenAt { get; init; }
    public long Attempts { get; init; }
    public long Successes { get; init; }
    public long FirstTry { get; init; }
    public long OfflineFailures { get; init; }
    public long ServerFailures { get; init; }
    public long AppFailures { get; init; }
    public long Over60s { get; init; }
    public long Conflicted { get; init; }
    public long Conflicts { get; init; }

    public ReleaseTotals ToTotals() => new()
    {
        AppVersion = AppVersion,
        Devices = Devices,
        ActiveDevices = ActiveDevices,
        FirstSeenAt = VitalsReader.Utc(FirstSeenAt),
        LastSeenAt = VitalsReader.Utc(LastSeenAt),
        Attempts = Attempts,
        Successes = Successes,
        FirstTry = FirstTry,
        Failures = new FailureSplit(OfflineFailures, ServerFailures, AppFailures),
        Over60s = Over60s,
        Conflicted = Conflicted,
        Conflicts = Conflicts,
    };
}
