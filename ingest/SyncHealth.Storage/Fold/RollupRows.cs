using System.Runtime.InteropServices;
using Dapper;

namespace SyncHealth.Storage.Fold;

/// <summary>Counts and sketches by key: what a fold adds to one rollup table.</summary>
internal sealed class RollupRows
{
    /// <summary>Counts whose columns are <c>integer</c>; the others are <c>bigint</c>. A sum beyond the column's type fails the fold.</summary>
    private static readonly string[] Integers =
    [
        "attempts", "successes", "partials", "cancelled", "first_try", "offline_failures", "server_failures", "app_failures", "over_60s", "conflicted",
    ];

    private static readonly string[] Bigints =
    [
        "conflicts_lww", "conflicts_crdt", "conflicts_merge", "conflicts_ot", "conflicts_manual", "conflicts_unresolved", "conflicts_unknown",
        "discarded", "retries", "pushed", "pulled", "applied", "rejected", "bytes_up", "bytes_down", "duration_ms_sum",
    ];

    private const int InitialRows = 1024;

    private readonly Dictionary<RollupKey, int> _places = [];
    private long[] _counts = new long[InitialRows * CountColumns];
    private JoinedSketch[] _successes = new JoinedSketch[InitialRows];
    private JoinedSketch[] _others = new JoinedSketch[InitialRows];

    /// <summary>Counts that stand first in a row, in the order of the table's columns.</summary>
    public static int IntegerColumns => Integers.Length;

    /// <summary>All counts of a row.</summary>
    public static int CountColumns => Integers.Length + Bigints.Length;

    public int Count => _places.Count;

    /// <summary>The segments of the rows, each as often as it has rows.</summary>
    public IEnumerable<int> Ids => _places.Keys.Select(key => key.Id);

    /// <summary>Adds an increment. <paramref name="success"/> and <paramref name="other"/> are kept, not copied.</summary>
    public void Add(in RollupKey key, ReadOnlySpan<long> counts, byte[]? success, byte[]? other)
    {
        var place = PlaceOf(key);
        AddCounts(place, counts);
        if (success is not null)
            _successes[place].Add(success);
        if (other is not null)
            _others[place].Add(other);
    }

    /// <summary>Adds every row to a coarser table, whose keys <paramref name="coarser"/> says.</summary>
    public void AddTo(RollupRows target, Func<RollupKey, RollupKey> coarser)
    {
        foreach (var (key, place) in _places)
        {
            var to = target.PlaceOf(coarser(key));
            target.AddCounts(to, RowOf(place));
            target._successes[to].Add(_successes[place]);
            target._others[to].Add(_others[place]);
        }
    }

    /// <summary>The rows as parallel arrays in key order, named as the table's columns (<c>id</c>, <c>at</c> for the key's own).</summary>
    /// <param name="most">Rows of one set of arrays.</param>
    public IEnumerable<DynamicParameters> ToParameters(int most)
    {
        var keys = new RollupKey[Count];
        var places = new int[Count];
        _places.Keys.CopyTo(keys, 0);
        _places.Values.CopyTo(places, 0);
        Array.Sort(keys, places);
        for (var first = 0; first < keys.Length; first += most)
        {
            var end = Math.Min(first + most, keys.Length);
            yield return ToParameters(keys[first..end], places[first..end]);
        }
    }

    private DynamicParameters ToParameters(RollupKey[] keys, int[] places)
    {
        var parameters = new DynamicParameters();
        parameters.Add("id", Array.ConvertAll(keys, key => key.Id));
        parameters.Add("promoted_id", Array.ConvertAll(keys, key => key.PromotedId));
        parameters.Add("at", Array.ConvertAll(keys, key => key.At));
        parameters.Add("lag_class", Array.ConvertAll(keys, key => key.LagClass));
        for (var column = 0; column < Integers.Length; column++)
            parameters.Add(Integers[column], Array.ConvertAll(places, place => checked((int)_counts[(place * CountColumns) + column])));
        for (var column = 0; column < Bigints.Length; column++)
            parameters.Add(Bigints[column], Array.ConvertAll(places, place => _counts[(place * CountColumns) + Integers.Length + column]));
        parameters.Add("success_sketch", Array.ConvertAll(places, place => _successes[place].Encode()));
        parameters.Add("other_sketch", Array.ConvertAll(places, place => _others[place].Encode()));
        return parameters;
    }

    private int PlaceOf(in RollupKey key)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var exists);
        if (exists)
            return place;
        place = _places.Count - 1;
        if (place == _successes.Length)
            Grow();
        return place;
    }

    private void Grow()
    {
        Array.Resize(ref _counts, _counts.Length * 2);
        Array.Resize(ref _successes, _successes.Length * 2);
        Array.Resize(ref _others, _others.Length * 2);
    }

    private void AddCounts(int place, ReadOnlySpan<long> counts)
    {
        var row = RowOf(place);
        for (var column = 0; column < counts.Length; column++)
            row[column] = checked(row[column] + counts[column]);
    }

    private Span<long> RowOf(int place) => _counts.AsSpan(place * CountColumns, CountColumns);
}
