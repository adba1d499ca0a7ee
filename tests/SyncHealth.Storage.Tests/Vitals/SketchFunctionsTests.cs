using System.Buffers.Binary;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class SketchFunctionsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void DurationBuckets_AnyJoinedSketches_AgreeWithTheDecoderToTheLastCount()
    {
        using var connection = _database.DataSource.OpenConnection();
        var pairs = from bucket in Gen.Choose(0, 20).Or(Gen.Choose(0, 923))
                    from count in Gen.Choose(1, 100).Or(Gen.Choose(1, int.MaxValue).Select(half => half * 2))
                    from isCompact in Gen.Elements(true, false)
                    select Encode((ushort)bucket, unchecked((uint)count), isCompact);
        Prop.ForAll(pairs.ListOf().ToArbitrary(), parts =>
        {
            var joined = parts.SelectMany(part => part).ToArray();
            var decoded = new DurationSketch();
            decoded.Merge(joined);

            Assert.Equal(decoded.Buckets, connection.Query<(int, long)>("select bucket, count from synchealth.duration_buckets(@joined)", new { joined }));
            foreach (var q in new[] { 0.01, 0.5, 0.9, 0.99, 1 })
                Assert.Equal(decoded.Percentile(q), connection.ExecuteScalar<double?>("select synchealth.sketch_percentile(@joined, @q::numeric)", new { joined, q }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    [Fact]
    public void SketchBuckets_AnyJoinedPairs_AgreeWithTheDecoderToTheLastCount()
    {
        using var connection = _database.DataSource.OpenConnection();
        var pairs = from bucket in Gen.Choose(0, 20).Or(Gen.Choose(0, ushort.MaxValue))
                    from count in Gen.Choose(1, 300).Or(Gen.Choose(1, int.MaxValue))
                    select Encode((ushort)bucket, (uint)count, isCompact: false);
        Prop.ForAll(pairs.ListOf().ToArbitrary(), parts =>
        {
            var joined = parts.SelectMany(part => part).ToArray();
            Assert.Equal(Sketches.Left(joined).Buckets, connection.Query<(int, long)>("select bucket, count from synchealth.sketch_buckets(@joined)", new { joined }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    [Fact]
    public void DurationUnit_AnyDuration_IsWhatTheEncoderWrites()
    {
        using var connection = _database.DataSource.OpenConnection();
        int[] durations = [0, 1, 2, 812, 59_999, 60_000, 86_400_000];

        var units = connection.Query<byte[]>("select synchealth.duration_unit(d) from unnest(@durations) with ordinality x(d, n) order by n", new { durations });

        Assert.Equal(durations.Select(duration => Encode((ushort)DurationSketch.BucketOf(duration), 1, isCompact: true)), units);
    }

    [Fact]
    public void SketchBucket_EveryBoundary_IsTheDecodersBucket()
    {
        using var connection = _database.DataSource.OpenConnection();
        var values = Enumerable.Range(0, 923).SelectMany(bucket => new[] { Math.Floor(DurationSketch.UpperBoundOf(bucket)), Math.Ceiling(DurationSketch.UpperBoundOf(bucket)) }).Select(value => (int)value).Distinct().ToArray();

        var buckets = connection.Query<int>("select synchealth.sketch_bucket(v) from unnest(@values) with ordinality x(v, n) order by n", new { values });

        Assert.Equal(values.Select(value => DurationSketch.BucketOf(value)), buckets);
    }

    [Fact]
    public void SketchPair_LargestBucketAndCount_Survive()
    {
        using var connection = _database.DataSource.OpenConnection();

        Assert.Equal((65_535, 4_294_967_295), connection.QuerySingle<(int, long)>(
            "select bucket, count from synchealth.sketch_buckets(synchealth.sketch_pair(65535, 4294967295))"));
    }

    private static byte[] Encode(ushort bucket, uint count, bool isCompact)
    {
        var pair = new byte[DurationSketch.PairBytes];
        BinaryPrimitives.WriteUInt16BigEndian(pair, bucket);
        BinaryPrimitives.WriteUInt32BigEndian(pair.AsSpan(sizeof(ushort)), count);
        if (!isCompact)
            return pair;
        var sketch = new DurationSketch();
        sketch.Merge(pair);
        return sketch.Encode();
    }
}
