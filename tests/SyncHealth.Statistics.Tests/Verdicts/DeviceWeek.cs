using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Statistics.Tests.Verdicts;

/// <summary>One device's counts in one period.</summary>
internal readonly record struct DeviceWeek(long Attempts, long Successes, long Slow, long Conflicted)
{
    public ArmTotals Arm => ArmTotals.OfDevice(Attempts, Successes, Slow, Conflicted);

    public static DeviceWeek operator +(DeviceWeek left, DeviceWeek right) =>
        new(left.Attempts + right.Attempts, left.Successes + right.Successes, left.Slow + right.Slow, left.Conflicted + right.Conflicted);

    public ArmOverlap Overlap(DeviceWeek other) => new(
        DeviceOverlap.OfDevice(Attempts, Successes, other.Attempts, other.Successes),
        DeviceOverlap.OfDevice(Attempts, Slow, other.Attempts, other.Slow),
        DeviceOverlap.OfDevice(Attempts, Conflicted, other.Attempts, other.Conflicted));

    public ArmChanges Change(DeviceWeek after) => new(
        DeviceChanges.OfDevice(Attempts, Successes, after.Attempts, after.Successes),
        DeviceChanges.OfDevice(Attempts, Slow, after.Attempts, after.Slow),
        DeviceChanges.OfDevice(Attempts, Conflicted, after.Attempts, after.Conflicted));
}
