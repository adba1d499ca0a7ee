namespace SyncHealth.Storage.Vitals;

/// <summary>What the read side does with encoded sketches.</summary>
internal static class Sketches
{
    /// <summary>Merges encodings.</summary>
    public static DurationSketch Merged(params ReadOnlySpan<ReadOnlyMemory<byte>> encodings)
    {
        var sketch = new DurationSketch();
        foreach (var encoding in encodings)
            sketch.Merge(encoding.Span);
        return sketch;
    }

    /// <summary>What is left of encodings whose counts are those of <c>int4</c>: a pair adds devices or takes them away.</summary>
    public static DurationSketch Left(byte[] encoding)
    {
        var sketch = new DurationSketch();
        sketch.MergePairs(encoding);
        return sketch;
    }

    /// <summary>The bucket at the nearest rank ceil(q·n); 0 for an empty sketch.</summary>
    public static int BucketAt(DurationSketch sketch, decimal q)
    {
        if (sketch.Count == 0)
            return 0;
        var (bucket, before) = (0, 0L);
        return Advance(sketch, (long)Math.Ceiling(q * sketch.Count), ref bucket, ref before);
    }

    /// <summary>All three in one walk over the buckets.</summary>
    public static DurationPercentiles? PercentilesOf(DurationSketch sketch)
    {
        if (sketch.Count == 0)
            return null;
        var (bucket, before) = (0, 0L);
        return new DurationPercentiles(
            DurationSketch.ValueOf(Advance(sketch, RankOf(sketch, 50), ref bucket, ref before)),
            DurationSketch.ValueOf(Advance(sketch, RankOf(sketch, 90), ref bucket, ref before)),
            DurationSketch.ValueOf(Advance(sketch, RankOf(sketch, 99), ref bucket, ref before)));
    }

    /// <summary>ceil(percent / 100 · n) in whole numbers: decimal ones cost more than the walk.</summary>
    private static long RankOf(DurationSketch sketch, int percent) => ((sketch.Count * percent) + 99) / 100;

    /// <summary>Walks on from <paramref name="bucket"/>, below which <paramref name="before"/> were counted, to the bucket that holds the rank.</summary>
    private static int Advance(DurationSketch sketch, long rank, ref int bucket, ref long before)
    {
        rank = Math.Max(1, rank);
        if (bucket % DurationSketch.BlockBuckets > 0 && TryWithin(sketch.Counts, rank, ref bucket, ref before))
            return bucket;
        var blocks = sketch.Blocks;
        var block = bucket / DurationSketch.BlockBuckets;
        while (before + blocks[block] < rank)
            before += blocks[block++];
        bucket = block * DurationSketch.BlockBuckets;
        TryWithin(sketch.Counts, rank, ref bucket, ref before);
        return bucket;
    }

    /// <summary>Walks on to the end of the block; true where it holds the rank.</summary>
    private static bool TryWithin(ReadOnlySpan<long> counts, long rank, ref int bucket, ref long before)
    {
        var (at, seen) = (bucket, before);
        var end = Math.Min(counts.Length, (at / DurationSketch.BlockBuckets * DurationSketch.BlockBuckets) + DurationSketch.BlockBuckets);
        for (; at < end && seen + counts[at] < rank; at++)
            seen += counts[at];
        (bucket, before) = (at, seen);
        return at < end;
    }
}
