namespace SyncHealth.Storage.Writes;

/// <summary>How late an event arrived, in the classes of <c>rollup_arrival</c>. The numbers are stored: never renumber.</summary>
public static class LagClass
{
    /// <summary>Upper ends (exclusive) of all classes but the last.</summary>
    private static readonly TimeSpan[] Bounds =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromHours(72),
    ];

    /// <summary>The classes whose lags all are at most <paramref name="lag"/>: how far back their events can lie.</summary>
    public static IEnumerable<short> UpTo(TimeSpan lag) =>
        Enumerable.Range(0, Bounds.Length).Where(lagClass => Bounds[lagClass] <= lag).Select(lagClass => (short)lagClass);

    /// <summary>The class of a lag; a negative one (the device's clock is a little ahead) is on time.</summary>
    public static short Of(TimeSpan lag)
    {
        short lagClass = 0;
        while (lagClass < Bounds.Length && lag >= Bounds[lagClass])
            lagClass++;
        return lagClass;
    }
}
