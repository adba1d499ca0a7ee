using System.Buffers;
using System.Buffers.Binary;

namespace SyncHealth.Storage.Vitals;

/// <summary>
/// Counts durations in absolute logarithmic buckets: any two sketches merge by adding counts, and joining two encodings is a merge.
/// Encoded as units and pairs, big-endian, in any order. A unit has two bytes: a 1, five bits of count less one, ten bits of bucket. A pair has six: bucket
/// (<c>uint16</c>, below 32,768, so that its first bit is 0) and count (<c>uint32</c>). The SQL function <c>synchealth.duration_buckets</c> reads the same bytes.
/// </summary>
/// <remarks>Most buckets of most rows hold a handful: a unit is a third of a pair, and rows written before there were units are pairs.</remarks>
public sealed class DurationSketch
{
    /// <summary>Width of a bucket: bucket i covers (γ^(i−1), γ^i] ms, bucket 0 everything up to 1 ms. Relative error at most (γ−1)/(γ+1) = 0.99 %.</summary>
    public const double Gamma = 1.02;

    /// <summary>Bytes of one (bucket, count) pair.</summary>
    public const int PairBytes = sizeof(ushort) + sizeof(uint);

    /// <summary>Bytes of one unit.</summary>
    public const int UnitBytes = sizeof(ushort);

    /// <summary>Buckets that a duration can fall into: that of a day, the longest one there is, is number 923.</summary>
    public const int MaxBuckets = 924;

    private const int UnitFlag = 0x8000;
    private const int UnitBucketBits = 10;
    private const int UnitBucketMask = (1 << UnitBucketBits) - 1;
    private const int UnitCountMask = 31;
    private const int MaxUnitCount = UnitCountMask + 1;

    /// <summary>Up to this count, units are shorter than a pair.</summary>
    private const int MaxCountInUnits = ((PairBytes / UnitBytes) - 1) * MaxUnitCount;

    /// <summary>Buckets of a block: about the square root of their number, which makes a walk shortest.</summary>
    internal const int BlockBuckets = 32;

    private static readonly double LogGamma = Math.Log(Gamma);

    /// <summary>A power costs more than a walk to its bucket does, and an answer has six for each of thousands of points.</summary>
    private static readonly double[] Values = [.. Enumerable.Range(0, MaxBuckets).Select(MiddleOf)];

    private long[] _counts = [];
    private long[] _blocks = [];

    /// <summary>Durations counted.</summary>
    public long Count { get; private set; }

    /// <summary>The counted buckets in ascending order.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets
    {
        get
        {
            for (var bucket = 0; bucket < _counts.Length; bucket++)
                if (_counts[bucket] > 0)
                    yield return (bucket, _counts[bucket]);
        }
    }

    /// <summary>Counts by bucket, as far as the highest that was ever counted: for loops over many sketches, where <see cref="Buckets"/> would cost more than the rest.</summary>
    internal ReadOnlySpan<long> Counts => _counts;

    /// <summary>Counts by <see cref="BlockBuckets"/> buckets, so that a walk over hundreds of buckets takes some twenty steps.</summary>
    internal ReadOnlySpan<long> Blocks => _blocks;

    /// <summary>The bucket of a duration in milliseconds.</summary>
    public static int BucketOf(long durationMs) => durationMs <= 1 ? 0 : (int)Math.Ceiling(Math.Log(durationMs) / LogGamma);

    /// <summary>The duration in milliseconds that stands for a bucket: within 1 % of everything in it.</summary>
    public static double ValueOf(int bucket) => bucket < MaxBuckets ? Values[bucket] : MiddleOf(bucket);

    /// <summary>The largest duration in milliseconds that a bucket holds.</summary>
    public static double UpperBoundOf(int bucket) => Math.Pow(Gamma, bucket);

    /// <summary>Encodes the buckets of single durations. Sorts <paramref name="buckets"/>.</summary>
    public static void Encode(Span<ushort> buckets, IBufferWriter<byte> output)
    {
        buckets.Sort();
        for (var start = 0; start < buckets.Length;)
        {
            var bucket = buckets[start];
            var end = start + 1;
            while (end < buckets.Length && buckets[end] == bucket)
                end++;
            Write(output, bucket, end - start);
            start = end;
        }
    }

    /// <summary>Counts a duration in milliseconds.</summary>
    public void Add(long durationMs) => AddToBucket(BucketOf(durationMs), 1);

    /// <summary>Adds an encoded sketch, or several joined ones.</summary>
    /// <exception cref="FormatException">The bytes end within a unit or a pair.</exception>
    public void Merge(ReadOnlySpan<byte> encoded)
    {
        while (encoded.Length >= UnitBytes)
        {
            int word = BinaryPrimitives.ReadUInt16BigEndian(encoded);
            if (word >= UnitFlag)
            {
                AddToBucket(word & UnitBucketMask, ((word >> UnitBucketBits) & UnitCountMask) + 1);
                encoded = encoded[UnitBytes..];
                continue;
            }

            if (encoded.Length < PairBytes)
                break;
            AddToBucket(word, BinaryPrimitives.ReadUInt32BigEndian(encoded[sizeof(ushort)..]));
            encoded = encoded[PairBytes..];
        }

        if (encoded.Length > 0)
            throw new FormatException($"A sketch ends {encoded.Length} bytes into a pair or a unit.");
    }

    /// <summary>Adds pairs alone, of any bucket up to 65,535: how a fleet counts queue depths and ages. A count is an <c>int4</c>: it adds devices or takes them away.</summary>
    /// <exception cref="FormatException">The length is no multiple of <see cref="PairBytes"/>.</exception>
    internal void MergePairs(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length % PairBytes != 0)
            throw new FormatException($"{encoded.Length} bytes are not made of pairs of {PairBytes}.");
        for (; encoded.Length > 0; encoded = encoded[PairBytes..])
            AddToBucket(BinaryPrimitives.ReadUInt16BigEndian(encoded), BinaryPrimitives.ReadInt32BigEndian(encoded[sizeof(ushort)..]));
    }

    /// <summary>Forgets what was counted but keeps the room, so that thousands of points can be counted in the same one.</summary>
    internal void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_blocks);
        Count = 0;
    }

    /// <summary>Adds another sketch.</summary>
    public void Merge(DurationSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (bucket, count) in other.Buckets)
            AddToBucket(bucket, count);
    }

    /// <summary>The shortest encoding: buckets ascending, each in one or two units or in a pair (a count beyond <see cref="uint.MaxValue"/> takes several pairs).</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>(UnitBytes * 64);
        foreach (var (bucket, count) in Buckets)
            Write(output, bucket, count);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The shortest encoding by pairs alone, ascending: how a fleet counts queue depths and ages, whose buckets go beyond those of a unit.</summary>
    internal byte[] EncodePairs()
    {
        var output = new ArrayBufferWriter<byte>(PairBytes * 16);
        foreach (var (bucket, count) in Buckets)
            WritePairs(output, bucket, count);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The nearest-rank percentile: the value at rank ceil(q·n). Null when nothing was counted.</summary>
    /// <param name="q">Between 0 (the smallest) and 1 (the largest).</param>
    public double? Percentile(double q)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        if (Count == 0)
            return null;

        // Decimal arithmetic: in binary, 0.99 × 100 is a little above 99 and would ask for rank 100.
        var rank = Math.Max(1, (long)Math.Ceiling((decimal)q * Count));
        var bucket = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[bucket])
            bucket++;
        return ValueOf(bucket);
    }

    private static double MiddleOf(int bucket) => 2 * Math.Pow(Gamma, bucket) / (Gamma + 1);

    private static void Write(IBufferWriter<byte> output, int bucket, long count)
    {
        if (bucket <= UnitBucketMask && count <= MaxCountInUnits)
            for (var left = (int)count; left > 0; left -= MaxUnitCount)
                WriteUnit(output, bucket, Math.Min(left, MaxUnitCount));
        else
            WritePairs(output, bucket, count);
    }

    private static void WritePairs(IBufferWriter<byte> output, int bucket, long count)
    {
        for (var left = count; left > 0; left -= uint.MaxValue)
            WritePair(output, (ushort)bucket, (uint)Math.Min(left, uint.MaxValue));
    }

    private static void WriteUnit(IBufferWriter<byte> output, int bucket, int count)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(UnitBytes), (ushort)(UnitFlag | ((count - 1) << UnitBucketBits) | bucket));
        output.Advance(UnitBytes);
    }

    private static void WritePair(IBufferWriter<byte> output, ushort bucket, uint count)
    {
        var pair = output.GetSpan(PairBytes);
        BinaryPrimitives.WriteUInt16BigEndian(pair, bucket);
        BinaryPrimitives.WriteUInt32BigEndian(pair[sizeof(ushort)..], count);
        output.Advance(PairBytes);
    }

    private void AddToBucket(int bucket, long count)
    {
        if (bucket >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(bucket + 1, Math.Min(_counts.Length * 2, ushort.MaxValue + 1)));
            Array.Resize(ref _blocks, (_counts.Length + BlockBuckets - 1) / BlockBuckets);
        }

        _counts[bucket] += count;
        _blocks[bucket / BlockBuckets] += count;
        Count += count;
    }
}
