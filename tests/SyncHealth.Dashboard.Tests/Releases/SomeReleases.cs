using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Tests.Releases;

/// <summary>Releases and verdicts for tests that care about one thing of them.</summary>
internal static class SomeReleases
{
    public static ReleaseUse Use(string name, long current = 80, long devices = 100, long joined = 0, long all = 400) => new()
    {
        Name = name, CurrentDevices = current, Devices = devices, JoinedDevices = joined, AllDevices = all, FirstSeenAt = Some.Now.AddDays(-2), LastSeenAt = Some.Now,
    };

    /// <summary>A thousand devices an arm and network; of the release so many succeed on cellular.</summary>
    public static VerdictAnswer Answer(string release = "2.5.0", string baseline = "2.4.1", long cellular = 300, long devices = 1000, int oneDeviceIn = 1, double arrived = 1, Coverage? coverage = null) => new(
        ReleaseJudge.Judge(new VerdictInput
        {
            Release = release,
            Baseline = baseline,
            Watermark = Some.Now,
            Strata = [new(new("android", "wifi"), Arm(devices * 96 / 100, devices), Arm(devices * 96 / 100, devices)), new(new("android", "cellular"), Arm(cellular, devices), Arm(devices * 96 / 100, devices))],
            ArrivedShare = arrived,
            Coverage = coverage,
        }),
        Some.Now.AddDays(-2), 3, arrived < 1 ? 1 : 0, 9100, oneDeviceIn);

    private static ArmTotals Arm(long successes, long devices) =>
        new(DeviceSums.OfSingleAttempts(devices, successes), DeviceSums.OfSingleAttempts(devices, devices / 100), DeviceSums.OfSingleAttempts(devices, devices / 50));
}
