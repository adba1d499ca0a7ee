namespace SyncHealth.Storage.Vitals;

/// <summary>
/// Ages of devices at a moment, from buckets of ages at an earlier one: those before <see cref="SinceBucket"/> as in a sketch of seconds, those from it on
/// whole seconds after that earlier moment. The SQL function <c>synchealth.standing_ages</c> reads the same bytes.
/// </summary>
internal sealed class FleetAges(byte[] encoded, double agedBySeconds)
{
    /// <summary>The first bucket of a moment after the base; logarithmic ones end far below (3·10⁷ years are 1,585).</summary>
    internal const int SinceBucket = 2_048;

    /// <summary>The middle of a whole second.</summary>
    private const double HalfSecond = 0.5;

    private readonly DurationSketch _buckets = Sketches.Left(encoded);

    /// <summary>Ages in seconds with the devices that have them, the youngest first.</summary>
    public IEnumerable<(double Value, long Count)> Ascending => InOrder().Select(pair => (SecondsOf(pair.Bucket), pair.Count));

    /// <summary>The age at the nearest rank ceil(q·n); 0 when there is none.</summary>
    public double At(decimal q)
    {
        var left = Math.Max(1, (long)Math.Ceiling(q * _buckets.Count));
        foreach (var (bucket, count) in InOrder())
            if ((left -= count) <= 0)
                return SecondsOf(bucket);
        return 0;
    }

    /// <summary>
    /// The greatest age; null when there is none. <paramref name="known"/>: not less than it, and exact unless its device has changed, which shows by its
    /// being beyond the greatest bucket.
    /// </summary>
    public double? Oldest(double known)
    {
        var oldest = InOrder().LastOrDefault();
        return oldest.Count == 0 ? null : known <= UpperBoundOf(oldest.Bucket) ? known : SecondsOf(oldest.Bucket);
    }

    private IEnumerable<(int Bucket, long Count)> InOrder()
    {
        var all = _buckets.Buckets.ToList();
        var since = all.FindIndex(pair => pair.Bucket >= SinceBucket);
        return since < 0 ? all : all.Skip(since).Reverse().Concat(all.Take(since));
    }

    private double SecondsOf(int bucket) => bucket < SinceBucket
        ? DurationSketch.ValueOf(bucket) + agedBySeconds
        : Math.Max(DurationSketch.ValueOf(0), agedBySeconds - (bucket - SinceBucket) - HalfSecond);

    private double UpperBoundOf(int bucket) => bucket < SinceBucket
        ? DurationSketch.UpperBoundOf(bucket) + agedBySeconds
        : agedBySeconds - (bucket - SinceBucket);
}
