namespace SyncHealth.Statistics.Devices;

/// <summary>How much the devices' own shares moved between two periods: what difference-in-differences needs of one arm.</summary>
/// <param name="Devices">Devices with attempts in both periods.</param>
/// <param name="Millionths">Σ of (share after − share before), each rounded to millionths, so that sums are exact.</param>
/// <param name="MillionthsSquared">Σ of its square.</param>
/// <remarks>Mergeable over disjoint devices. Card and Krueger (1994), American Economic Review 84:772, with the device as the unit.</remarks>
public readonly record struct DeviceChanges(long Devices, long Millionths, Int128 MillionthsSquared)
{
    /// <summary>The mean change over devices; not a number without devices.</summary>
    public double Mean => (double)Millionths / DeviceSums.Millionth / Devices;

    /// <summary>The variance of <see cref="Mean"/>; not a number below two devices.</summary>
    public double Variance
    {
        get
        {
            double k = Devices;
            var squared = (double)(MillionthsSquared - ((Int128)Millionths * Millionths / Math.Max(1, Devices)));
            return Math.Max(0, squared) / ((double)DeviceSums.Millionth * DeviceSums.Millionth) / (k - 1) / k;
        }
    }

    /// <summary>The change of one device; nothing where it has no attempts in either period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more events than attempts.</exception>
    public static DeviceChanges OfDevice(long attemptsBefore, long eventsBefore, long attemptsAfter, long eventsAfter)
    {
        Probability.ThrowIfNotCounts(eventsBefore, attemptsBefore);
        Probability.ThrowIfNotCounts(eventsAfter, attemptsAfter);
        if (attemptsBefore == 0 || attemptsAfter == 0)
            return default;
        var change = ((double)eventsAfter / attemptsAfter) - ((double)eventsBefore / attemptsBefore);
        var millionths = (long)Math.Round(change * DeviceSums.Millionth);
        return new DeviceChanges(1, millionths, (Int128)millionths * millionths);
    }

    /// <summary>The changes of both; no device may be in both.</summary>
    /// <exception cref="OverflowException">A sum no longer fits.</exception>
    public static DeviceChanges operator +(DeviceChanges left, DeviceChanges right) => checked(new(
        left.Devices + right.Devices,
        left.Millionths + right.Millionths,
        left.MillionthsSquared + right.MillionthsSquared));

    /// <summary>As <c>+</c>.</summary>
    public static DeviceChanges Add(DeviceChanges left, DeviceChanges right) => left + right;
}
