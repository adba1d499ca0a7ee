using Dapper;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

public sealed class RollupRowsTests
{
    private static readonly DateTime Start = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Rows of one set of arrays: few enough that most runs have several.</summary>
    private const int Most = 7;

    /// <summary>Against a dictionary: any increments, also so many of one row that its sketch is made compact, read in several sets of arrays.</summary>
    [Fact]
    public void Add_AnyIncrements_SumsAndSketchesAreThoseOfTheModelAtBothGrains()
    {
        var increment = from id in Gen.Choose(1, 2)
                        from hour in Gen.Choose(0, 30)
                        from counts in Gen.ArrayOf(Gen.Choose(0, 5), RollupRows.CountColumns)
                        from buckets in Gen.ArrayOf(Gen.Choose(0, 923), 16)
                        select new Increment(new RollupKey(id, 0, Start.AddHours(hour), 0), [.. counts.Select(count => (long)count)], buckets);
        var increments = Gen.Choose(1, 900).SelectMany(count => Gen.ArrayOf(increment, count));
        Prop.ForAll(increments.ToArbitrary(), all =>
        {
            var hours = new RollupRows();
            foreach (var one in all)
                hours.Add(one.Key, one.Counts, one.Sketch(), one.Buckets[0] % 2 == 0 ? null : one.Sketch());
            var days = new RollupRows();
            hours.AddTo(days, DayOf);
            Assert.Equal(Expected(all, key => key), Read(hours));
            Assert.Equal(Expected(all, DayOf), Read(days));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true));
    }

    [Fact]
    public void ToParameters_CountBeyondItsColumn_Throws()
    {
        var rows = new RollupRows();
        var counts = new long[RollupRows.CountColumns];
        counts[0] = int.MaxValue;
        rows.Add(new RollupKey(1, 0, Start, 0), counts, null, null);
        rows.Add(new RollupKey(1, 0, Start, 0), counts, null, null);
        Assert.Throws<OverflowException>(() => rows.ToParameters(Most).Count());
    }

    private static RollupKey DayOf(RollupKey key) => key with { At = key.At.Date };

    private static List<string> Expected(Increment[] all, Func<RollupKey, RollupKey> coarser) =>
    [
        .. all.GroupBy(one => coarser(one.Key)).OrderBy(group => group.Key).Select(group =>
        {
            var others = group.Where(one => one.Buckets[0] % 2 != 0);
            return Line(
                group.Key.Id, group.Key.At, group.Sum(one => one.Counts[0]), group.Sum(one => one.Counts[^1]),
                Sketches.Merged([.. group.Select(one => one.Sketch())]), Sketches.Merged([.. others.Select(one => one.Sketch())]));
        }),
    ];

    private static List<string> Read(RollupRows rows) => [.. rows.ToParameters(Most).SelectMany(Read)];

    private static List<string> Read(DynamicParameters parameters)
    {
        var (ids, ats) = (parameters.Get<int[]>("id"), parameters.Get<DateTime[]>("at"));
        var (first, last) = (parameters.Get<int[]>("attempts"), parameters.Get<long[]>("duration_ms_sum"));
        Assert.InRange(ids.Length, 1, Most);
        var (successes, others) = (parameters.Get<byte[][]>("success_sketch"), parameters.Get<byte[][]>("other_sketch"));
        return [.. ids.Select((id, i) => Line(id, ats[i], first[i], last[i], Sketches.Merged(successes[i]), Sketches.Merged(others[i])))];
    }

    private static string Line(int id, DateTime at, long first, long last, DurationSketch successes, DurationSketch others) =>
        $"{id} {at:dd HH} {first} {last} {string.Join(',', successes.Buckets)} {string.Join(',', others.Buckets)}";

    private sealed record Increment(RollupKey Key, long[] Counts, int[] Buckets)
    {
        public byte[] Sketch()
        {
            var sketch = new DurationSketch();
            foreach (var bucket in Buckets)
                sketch.Add((long)Math.Floor(DurationSketch.UpperBoundOf(bucket)));
            return sketch.Encode();
        }
    }
}
