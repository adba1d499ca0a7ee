using System.Buffers;
using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class DurationSketchTests
{
    private const int DayMs = 86_400_000;

    [Fact]
    public void ValueOf_EveryDurationFromAMillisecondToADay_IsWithinOnePercent()
    {
        for (double exact = 1; exact <= DayMs; exact = Math.Ceiling(exact * 1.0007))
        {
            var value = DurationSketch.ValueOf(DurationSketch.BucketOf((long)exact));
            Assert.True(Math.Abs(value - exact) <= exact * 0.01, $"{exact} ms became {value}");
        }
    }

    [Fact]
    public void BucketOf_EveryDuration_LiesBetweenItsBounds()
    {
        for (var ms = 2; ms < 100_000; ms++)
        {
            var bucket = DurationSketch.BucketOf(ms);
            Assert.True(DurationSketch.UpperBoundOf(bucket - 1) < ms && ms <= DurationSketch.UpperBoundOf(bucket), $"{ms} ms in bucket {bucket}");
        }

        Assert.Equal((0, 0, 923), (DurationSketch.BucketOf(0), DurationSketch.BucketOf(1), DurationSketch.BucketOf(DayMs)));
    }

    [Fact]
    public void Percentile_AnyDurations_IsTheNearestRankWithinOnePercent()
    {
        var samples = from durations in Gen.Choose(1, 400).SelectMany(count => Gen.ArrayOf(Gen.Choose(1, 2_000_000), count))
                      from q in Gen.Elements(0d, 0.5, 0.9, 0.95, 0.99, 1)
                      select (durations, q);
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var sketch = new DurationSketch();
            foreach (var duration in sample.durations)
                sketch.Add(duration);
            var rank = Math.Max(1, (int)Math.Ceiling((decimal)sample.q * sample.durations.Length));
            var exact = sample.durations.Order().ElementAt(rank - 1);
            return Math.Abs(sketch.Percentile(sample.q)!.Value - exact) <= exact * 0.01;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Percentile_RankThatBinaryFractionsMiss_IsExact()
    {
        // 0.99 × 100 is 99.000000000000004 in binary: a naive ceiling asks for rank 100, the outlier.
        var sketch = new DurationSketch();
        for (var i = 0; i < 99; i++)
            sketch.Add(100);
        sketch.Add(50_000);
        Assert.True(sketch.Percentile(0.99) < 102);
        Assert.True(sketch.Percentile(1) > 49_000);
    }

    [Fact]
    public void Percentile_Empty_IsNull() => Assert.Null(new DurationSketch().Percentile(0.5));

    [Fact]
    public void Merge_AnySplitOfAnyDurations_EqualsTheWhole()
    {
        var samples = from durations in Gen.ArrayOf(Gen.Choose(0, DayMs))
                      from cut in Gen.Choose(0, durations.Length)
                      select (durations, cut);
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var joined = new ArrayBufferWriter<byte>();
            DurationSketch.Encode(Buckets(sample.durations[..sample.cut]), joined);
            DurationSketch.Encode(Buckets(sample.durations[sample.cut..]), joined);
            var merged = new DurationSketch();
            merged.Merge(joined.WrittenSpan);

            var whole = new DurationSketch();
            foreach (var duration in sample.durations)
                whole.Add(duration);
            var decoded = new DurationSketch();
            decoded.Merge(merged.Encode());
            return merged.Count == sample.durations.Length && merged.Buckets.SequenceEqual(whole.Buckets) && decoded.Buckets.SequenceEqual(whole.Buckets);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Merge_OtherSketch_AddsItsCounts()
    {
        var one = new DurationSketch();
        one.Add(10);
        var two = new DurationSketch();
        two.Add(10);
        two.Add(70_000);
        one.Merge(two);
        Assert.Equal([(DurationSketch.BucketOf(10), 2L), (DurationSketch.BucketOf(70_000), 1L)], one.Buckets);
    }

    [Fact]
    public void Encode_CountBeyondThirtyTwoBits_SurvivesInSeveralPairs()
    {
        var sketch = new DurationSketch();
        for (var i = 0; i < 3; i++)
            sketch.Merge([0, 5, 0xff, 0xff, 0xff, 0xff]);
        var decoded = new DurationSketch();
        decoded.Merge(sketch.Encode());
        Assert.Equal([(5, 3L * uint.MaxValue)], decoded.Buckets);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000_000)]
    public void Encode_AnyCount_TakesTheFewestBytesAndSurvives(int count)
    {
        var sketch = new DurationSketch();
        sketch.Merge(Pair(923, (uint)count));

        var encoded = sketch.Encode();

        Assert.Equal(count <= 32 ? 2 : count <= 64 ? 4 : 6, encoded.Length);
        var decoded = new DurationSketch();
        decoded.Merge(encoded);
        Assert.Equal([(923, (long)count)], decoded.Buckets);
    }

    [Fact]
    public void Merge_UnitsAndPairsInAnyOrder_AddsThemUp()
    {
        var sketch = new DurationSketch();
        sketch.Merge([0x80, 5, .. Pair(5, 40_000), 0x84, 5, .. Pair(6, 1), 0xFF, 0x9B]);
        Assert.Equal([(5, 40_003L), (6, 1L), (923, 32L)], sketch.Buckets);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x80, 5, 0, 5, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 5, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0 })]
    public void Merge_TornEncoding_Throws(byte[] torn) => Assert.Throws<FormatException>(() => new DurationSketch().Merge(torn));

    private static byte[] Pair(ushort bucket, uint count)
    {
        var pair = new byte[DurationSketch.PairBytes];
        BinaryPrimitives.WriteUInt16BigEndian(pair, bucket);
        BinaryPrimitives.WriteUInt32BigEndian(pair.AsSpan(sizeof(ushort)), count);
        return pair;
    }

    private static ushort[] Buckets(int[] durations) => [.. durations.Select(duration => (ushort)DurationSketch.BucketOf(duration))];
}
