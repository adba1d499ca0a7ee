using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>How one arm's devices changed between the days before the upgrade and after it.</summary>
/// <param name="Success">Changes of their success rates.</param>
/// <param name="Slow">Changes of their slow shares.</param>
/// <param name="Conflicted">Changes of their conflicted shares.</param>
/// <remarks>Merges as <see cref="DeviceChanges"/>.</remarks>
public readonly record struct ArmChanges(DeviceChanges Success, DeviceChanges Slow, DeviceChanges Conflicted)
{
    /// <summary>The changes of both; no device may be in both.</summary>
    /// <exception cref="OverflowException">A sum no longer fits.</exception>
    public static ArmChanges operator +(ArmChanges left, ArmChanges right) =>
        new(left.Success + right.Success, left.Slow + right.Slow, left.Conflicted + right.Conflicted);

    /// <summary>As <c>+</c>.</summary>
    public static ArmChanges Add(ArmChanges left, ArmChanges right) => left + right;

    internal DeviceChanges Of(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => Success,
        VerdictMetric.SlowShare => Slow,
        _ => Conflicted,
    };
}
