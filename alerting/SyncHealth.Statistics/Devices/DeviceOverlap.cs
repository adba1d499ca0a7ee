using System.Numerics;

namespace SyncHealth.Statistics.Devices;

/// <summary>What has to be kept of the devices that are in two segments at once (wifi at home, cellular on the way): their attempts are not independent.</summary>
/// <param name="AttemptsAttempts">Σ m₁·m₂ over devices in both segments.</param>
/// <param name="AttemptsEvents">Σ m₁·s₂.</param>
/// <param name="EventsAttempts">Σ s₁·m₂.</param>
/// <param name="EventsEvents">Σ s₁·s₂.</param>
/// <remarks>The cross term of the delta method, Deng, Knoblich and Lu (2018), arXiv:1803.06336, section 3.</remarks>
public readonly record struct DeviceOverlap(Int128 AttemptsAttempts, Int128 AttemptsEvents, Int128 EventsAttempts, Int128 EventsEvents)
{
    /// <summary>The overlap of one device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more events than attempts.</exception>
    public static DeviceOverlap OfDevice(long attempts1, long events1, long attempts2, long events2)
    {
        Probability.ThrowIfNotCounts(events1, attempts1);
        Probability.ThrowIfNotCounts(events2, attempts2);
        return new((Int128)attempts1 * attempts2, (Int128)attempts1 * events2, (Int128)events1 * attempts2, (Int128)events1 * events2);
    }

    /// <summary>The overlap of both sets of devices.</summary>
    /// <exception cref="OverflowException">A sum no longer fits.</exception>
    public static DeviceOverlap operator +(DeviceOverlap left, DeviceOverlap right) => checked(new(
        left.AttemptsAttempts + right.AttemptsAttempts,
        left.AttemptsEvents + right.AttemptsEvents,
        left.EventsAttempts + right.EventsAttempts,
        left.EventsEvents + right.EventsEvents));

    /// <summary>As <c>+</c>.</summary>
    public static DeviceOverlap Add(DeviceOverlap left, DeviceOverlap right) => left + right;

    /// <summary>The covariance of the two segments' shares.</summary>
    /// <param name="first">Sums of the first segment, in the order of the products.</param>
    /// <param name="second">Sums of the second.</param>
    public double Covariance(DeviceSums first, DeviceSums second)
    {
        if (first.Attempts == 0 || second.Attempts == 0)
            return 0;
        BigInteger m1 = first.Attempts, s1 = first.Events, m2 = second.Attempts, s2 = second.Events;
        var scaled = (m1 * m2 * EventsEvents) - (m1 * s2 * EventsAttempts) - (s1 * m2 * AttemptsEvents) + (s1 * s2 * AttemptsAttempts);
        return (double)scaled / (double)(m1 * m1 * m2 * m2);
    }
}
