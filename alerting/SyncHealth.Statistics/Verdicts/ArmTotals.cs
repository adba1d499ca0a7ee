using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>One release in one stratum: everything a verdict needs of its devices, however many they are.</summary>
/// <param name="Success">Sums of successful attempts.</param>
/// <param name="Slow">Sums of attempts above the baseline's frozen p99; timeouts and unfinished ones count as slow.</param>
/// <param name="Conflicted">Sums of attempts with a conflict.</param>
/// <remarks>Merges as <see cref="DeviceSums"/>.</remarks>
public readonly record struct ArmTotals(DeviceSums Success, DeviceSums Slow, DeviceSums Conflicted)
{
    /// <summary>The totals of one device: its days added up first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or a part larger than the attempts.</exception>
    public static ArmTotals OfDevice(long attempts, long successes, long slow, long conflicted) =>
        new(DeviceSums.OfDevice(attempts, successes), DeviceSums.OfDevice(attempts, slow), DeviceSums.OfDevice(attempts, conflicted));

    /// <summary>The totals of both; no device may be in both.</summary>
    /// <exception cref="OverflowException">A sum no longer fits.</exception>
    public static ArmTotals operator +(ArmTotals left, ArmTotals right) =>
        new(left.Success + right.Success, left.Slow + right.Slow, left.Conflicted + right.Conflicted);

    /// <summary>As <c>+</c>.</summary>
    public static ArmTotals Add(ArmTotals left, ArmTotals right) => left + right;

    internal DeviceSums Of(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => Success,
        VerdictMetric.SlowShare => Slow,
        _ => Conflicted,
    };
}
