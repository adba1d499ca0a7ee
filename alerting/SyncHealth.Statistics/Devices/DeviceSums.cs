using System.Numerics;

namespace SyncHealth.Statistics.Devices;

/// <summary>What has to be kept of many devices to know a share and how sure it is: whole-number sums, so that merging them is exact and the order of arrival cannot change a digit.</summary>
/// <param name="Devices">K: devices with at least one attempt.</param>
/// <param name="Attempts">Σ m: attempts of all of them.</param>
/// <param name="Events">Σ s: attempts that count for the share (successes, slow ones, conflicted ones).</param>
/// <param name="AttemptsSquared">Σ m² over devices.</param>
/// <param name="EventsSquared">Σ s² over devices.</param>
/// <param name="Products">Σ m·s over devices.</param>
/// <param name="ShareMillionths">Σ of each device's own share s/m, rounded to millionths.</param>
/// <remarks>
/// Mergeable over disjoint devices only: one device's days and segments are added up first. Deng, Knoblich and Lu (2018), KDD,
/// arXiv:1803.06336, section 3: the device is the unit, because a device in a retry loop is one observation and not ten thousand.
/// </remarks>
public readonly record struct DeviceSums(long Devices, long Attempts, long Events, Int128 AttemptsSquared, Int128 EventsSquared, Int128 Products, long ShareMillionths)
{
    /// <summary>Millionths in a whole: fine enough that rounding is far below any sampling error, coarse enough that sums stay exact.</summary>
    public const int Millionth = 1_000_000;

    /// <summary>The share over all attempts; not a number without attempts.</summary>
    public double Share => (double)Events / Attempts;

    /// <summary>The mean of the devices' own shares; far from <see cref="Share"/> when few devices make most attempts, which is a finding in itself.</summary>
    public double SharePerDevice => (double)ShareMillionths / Millionth / Devices;

    /// <summary>How many equally busy devices the attempts are worth, (Σ m)²/Σ m²: 1 where one retry loop makes nearly all of them, 0 without attempts.</summary>
    /// <remarks>Kish (1965), Survey Sampling, section 11.7: the effective sample size of unequal weights.</remarks>
    public double EffectiveDevices => Attempts == 0 ? 0 : (double)Attempts * Attempts / (double)AttemptsSquared;

    /// <summary>Attempts that do not count for the share.</summary>
    public long Others => Attempts - Events;

    /// <summary>The sums of one device. A device without attempts says nothing and sums to nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more events than attempts.</exception>
    public static DeviceSums OfDevice(long attempts, long events)
    {
        Probability.ThrowIfNotCounts(events, attempts);
        return attempts == 0
            ? default
            : new(1, attempts, events, (Int128)attempts * attempts, (Int128)events * events, (Int128)attempts * events, MillionthsOf(events, attempts));
    }

    /// <summary>The sums of devices that are asked one question each, such as whether they fell silent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more events than devices.</exception>
    public static DeviceSums OfSingleAttempts(long devices, long events)
    {
        Probability.ThrowIfNotCounts(events, devices);
        return new(devices, devices, events, devices, events, events, checked(events * Millionth));
    }

    /// <summary>The sums of both; no device may be in both.</summary>
    /// <exception cref="OverflowException">A sum no longer fits, which 10¹⁸ attempts do not reach.</exception>
    public static DeviceSums operator +(DeviceSums left, DeviceSums right) => checked(new(
        left.Devices + right.Devices,
        left.Attempts + right.Attempts,
        left.Events + right.Events,
        left.AttemptsSquared + right.AttemptsSquared,
        left.EventsSquared + right.EventsSquared,
        left.Products + right.Products,
        left.ShareMillionths + right.ShareMillionths));

    /// <summary>As <c>+</c>.</summary>
    public static DeviceSums Add(DeviceSums left, DeviceSums right) => left + right;

    /// <summary>The share with its variance over devices; null below two devices, which have none.</summary>
    /// <remarks>Delta method of the ratio of two means: Deng, Knoblich and Lu (2018), equation 4.</remarks>
    public ShareEstimate? Estimate()
    {
        if (Devices < 2)
            return null;
        double k = Devices;
        var variance = SquaredResiduals() / (k - 1) * k / ((double)Attempts * Attempts);
        return new ShareEstimate(Share, variance, Share * (1 - Share) / Attempts);
    }

    /// <summary>Σ (s − r·m)², in whole numbers up to the last division: the difference of huge sums would lose it otherwise.</summary>
    private double SquaredResiduals()
    {
        BigInteger m = Attempts, s = Events;
        var scaled = (m * m * EventsSquared) - (2 * m * s * Products) + (s * s * AttemptsSquared);
        return (double)scaled / (double)(m * m);
    }

    private static long MillionthsOf(long events, long attempts) => (long)Math.Round((double)events / attempts * Millionth);
}
