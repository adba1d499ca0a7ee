namespace SyncHealth.Storage.Vitals;

/// <summary>What the read side does with encoded sketches.</summary>
internal static class Sketches
{
    /// <summary>Merges encodings.</summary>
    public static DurationSketch Merged(params ReadOnlySpan<byte[]> encodings)
    {
        var sketch = new DurationSketch();
        foreach (var encoding in encodings)
            sketch.Merge(encoding);
        return sketch;
    }

    /// <summary>The bucket at the nearest rank ceil(q·n); 0 for an empty sketch.</summary>
    public static int BucketAt(DurationSketch sketch, decimal q)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(q * sketch.Count));
        foreach (var (bucket, count) in sketch.Buckets)
            if ((rank -= count) <= 0)
                return bucket;
        return 0;
    }

    public static DurationPercentiles? PercentilesOf(DurationSketch sketch) => sketch.Count == 0
        ? null
        : new DurationPercentiles(At(sketch, 0.5m), At(sketch, 0.9m), At(sketch, 0.99m));

    private static double At(DurationSketch sketch, decimal q) => DurationSketch.ValueOf(BucketAt(sketch, q));
}
