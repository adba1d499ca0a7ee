namespace SyncHealth.Storage.Verdicts;

/// <summary>Which devices are asked: all of them or, in a large fleet, every n-th, always the same ones.</summary>
/// <param name="OneIn">n: 1 for all.</param>
/// <remarks>
/// Device keys are the first bits of a keyed hash, so those below a bound are a random part of the fleet that no event can move. A verdict on them has the same
/// meaning; its intervals are as wide as their number makes them.
/// </remarks>
internal readonly record struct DeviceSample(int OneIn)
{
    /// <summary>Devices asked at most: they decide a difference of a point within days, and a month of theirs is read in about two seconds.</summary>
    private const long MostDevices = 20_000;

    /// <summary>The largest device key that is asked.</summary>
    public long LastKey => OneIn == 1 ? long.MaxValue : long.MinValue + (long)(ulong.MaxValue / (ulong)OneIn);

    /// <summary>The sample of a fleet of so many devices: a power of two, so that a smaller sample is a part of a larger one.</summary>
    public static DeviceSample Of(long devices)
    {
        var oneIn = 1;
        while (devices / oneIn > MostDevices)
            oneIn *= 2;
        return new DeviceSample(oneIn);
    }
}
