using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>One arm's devices that are in two strata at once, per metric.</summary>
/// <param name="Success">Overlap of successes.</param>
/// <param name="Slow">Overlap of slow attempts.</param>
/// <param name="Conflicted">Overlap of conflicted attempts.</param>
/// <remarks>Merges as <see cref="DeviceOverlap"/>.</remarks>
public readonly record struct ArmOverlap(DeviceOverlap Success, DeviceOverlap Slow, DeviceOverlap Conflicted)
{
    /// <summary>The overlap of both sets of devices.</summary>
    /// <exception cref="OverflowException">A sum no longer fits.</exception>
    public static ArmOverlap operator +(ArmOverlap left, ArmOverlap right) =>
        new(left.Success + right.Success, left.Slow + right.Slow, left.Conflicted + right.Conflicted);

    /// <summary>As <c>+</c>.</summary>
    public static ArmOverlap Add(ArmOverlap left, ArmOverlap right) => left + right;

    internal DeviceOverlap Of(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => Success,
        VerdictMetric.SlowShare => Slow,
        _ => Conflicted,
    };
}
