using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Sequential;

/// <summary>An interval and a p-value of a difference that may be looked at as often as one likes: the promise holds for all looks together.</summary>
/// <remarks>
/// Asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Annals of Statistics 52:2613, arXiv:2103.06476,
/// as in GrowthBook's <c>SequentialTwoSidedTTest</c>. Asymptotic: it starts at about 100 devices and 10 failures an arm; before that use <see cref="BernoulliSequence"/>.
/// </remarks>
public sealed class ConfidenceSequence
{
    /// <summary>Devices at which the interval is tightest, unless told otherwise; GrowthBook's default.</summary>
    public const int DefaultPlannedDevices = 5000;

    /// <summary>The chance, over all looks, of excluding the truth.</summary>
    public const double DefaultAlpha = 0.05;

    private readonly double _alpha;

    /// <summary>A sequence that is tightest at <paramref name="plannedDevices"/> devices in both arms together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No device is planned, or alpha is not between 0 and 1.</exception>
    public ConfidenceSequence(long plannedDevices = DefaultPlannedDevices, double alpha = DefaultAlpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plannedDevices, 1);
        _alpha = alpha;
        RhoSquared = NormalMixture.Spread(alpha) / plannedDevices;
    }

    /// <summary>ρ² = (−2 ln α + ln(1 − 2 ln α)) / N.</summary>
    public double RhoSquared { get; }

    /// <summary>The interval of <paramref name="difference"/>.</summary>
    public Interval IntervalOf(Difference difference)
    {
        var half = HalfWidth(difference.Devices, difference.Variance * difference.Devices);
        return new Interval(difference.Value - half, difference.Value + half);
    }

    /// <summary>Half the width of the interval.</summary>
    /// <param name="devices">Devices in both arms.</param>
    /// <param name="variancePerDevice">s² = squared standard error × devices.</param>
    /// <returns>Infinite without devices.</returns>
    public double HalfWidth(double devices, double variancePerDevice)
    {
        if (devices <= 0)
            return double.PositiveInfinity;
        var clock = (devices * RhoSquared) + 1;
        return Math.Sqrt(variancePerDevice) * Math.Sqrt(2 * clock / (devices * devices * RhoSquared) * Math.Log(Math.Sqrt(clock) / _alpha));
    }

    /// <summary>ln of the e-value: how many times better "there is a difference" explains the data than "there is none"; e above 1/α is proof at level α.</summary>
    public double LogEvidence(Difference difference)
    {
        double n = difference.Devices;
        if (n == 0)
            return 0;
        var clock = (n * RhoSquared) + 1;
        var start = -0.5 * Math.Log(clock);
        if (difference.Value == 0)
            return start;
        // Without variance any difference is beyond doubt; the division says so by infinity.
        return start + (RhoSquared * n * difference.Value * difference.Value / (2 * clock * difference.Variance));
    }

    /// <summary>The p-value of <paramref name="difference"/> that is valid at every look: min(1, 1/E).</summary>
    public double P(Difference difference) => AlwaysValid.P(LogEvidence(difference));
}
