using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Adds increments up to every grain. In memory, because a row of 28 columns costs Postgres twenty times what it costs here, once for each grain.
/// </summary>
/// <param name="minutesFrom">Minutes before it are not added up: they would be pruned at once, and no reader asks for them. Arrivals before it stand under their hour.</param>
internal sealed class CoreSums(DateTime minutesFrom)
{
    private const int FirstCount = 6;
    private const int None = 0;

    private readonly Dictionary<(int CoreId, DateTime ArrivalHour, DateTime Hour, short LagClass), long> _lags = [];
    private readonly Dictionary<int, int> _coreOfSegment = [];
    private readonly long[] _counts = new long[RollupRows.CountColumns];

    /// <summary>Increments added.</summary>
    public long Increments { get; private set; }

    public RollupRows Minutes { get; } = new();

    public RollupRows Hours { get; } = new();

    public RollupRows Days { get; } = new();

    public RollupRows FineHours { get; } = new();

    public RollupRows FineDays { get; } = new();

    public RollupRows Arrivals { get; } = new();

    public SideRows Errors { get; } = new();

    public SideRows Conflicts { get; } = new();

    public IReadOnlyCollection<KeyValuePair<(int CoreId, DateTime ArrivalHour, DateTime Hour, short LagClass), long>> Lags => _lags;

    /// <summary>Adds the rows of <c>TakeIncrements.sql</c> to the finest grains; returns how many those were.</summary>
    public async Task<long> AddAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var before = Increments;
        while (await rows.ReadAsync(cancellationToken))
            Add(rows);
        return Increments - before;
    }

    /// <summary>When everything is added: makes the coarser grains, each from the fewer rows of the one before.</summary>
    public void AddUp()
    {
        FineHours.AddTo(FineDays, key => key with { At = key.At.Date });
        FineHours.AddTo(Hours, key => new RollupKey(_coreOfSegment[key.Id], None, key.At, None));
        Hours.AddTo(Days, key => key with { At = key.At.Date });
    }

    /// <summary>An increment without a bucket (an arrival) is none of that clock's.</summary>
    private void Add(NpgsqlDataReader row)
    {
        Increments++;
        var coreId = row.GetInt32(2);
        ReadCounts(row);
        var success = BytesOrNull(row, FirstCount + _counts.Length);
        var other = BytesOrNull(row, FirstCount + _counts.Length + 1);
        DateTime? bucketAt = row.IsDBNull(0) ? null : row.GetDateTime(0);
        DateTime? arrivalAt = row.IsDBNull(1) ? null : row.GetDateTime(1);
        if (bucketAt is { } at)
        {
            AddBucket(row, coreId, at, success, other);
            AddSides(row, coreId, HourOf(at));
        }

        if (arrivalAt is not { } arrived)
            return;
        var lagClass = row.GetInt16(5);
        Arrivals.Add(new RollupKey(coreId, None, arrived < minutesFrom ? HourOf(arrived) : arrived, lagClass), _counts, success, other);
        if (bucketAt is not { } happened)
            return;
        var lag = (coreId, HourOf(arrived), HourOf(happened), lagClass);
        _lags[lag] = _lags.GetValueOrDefault(lag) + _counts[0];
    }

    private void AddBucket(NpgsqlDataReader row, int coreId, DateTime at, byte[]? success, byte[]? other)
    {
        if (at >= minutesFrom)
            Minutes.Add(new RollupKey(coreId, None, at, None), _counts, success, other);
        if (row.IsDBNull(3))
        {
            // Waiting since before there was a fine grain.
            Hours.Add(new RollupKey(coreId, None, HourOf(at), None), _counts, success, other);
            return;
        }

        var segmentId = row.GetInt32(3);
        _coreOfSegment[segmentId] = coreId;
        FineHours.Add(new RollupKey(segmentId, row.GetInt32(4), HourOf(at), None), _counts, success, other);
    }

    private void AddSides(NpgsqlDataReader row, int coreId, DateTime hour)
    {
        var first = FirstCount + _counts.Length + 2;
        if (!row.IsDBNull(first))
            AddSide(Errors, coreId, hour, row.GetFieldValue<int[]>(first), row.GetFieldValue<long[]>(first + 1), discarded: null);
        if (!row.IsDBNull(first + 2))
            AddSide(Conflicts, coreId, hour, row.GetFieldValue<int[]>(first + 2), row.GetFieldValue<long[]>(first + 3), row.GetFieldValue<long[]>(first + 4));
    }

    private static void AddSide(SideRows rows, int coreId, DateTime hour, int[] ids, long[] counts, long[]? discarded)
    {
        for (var i = 0; i < ids.Length; i++)
            rows.Add(coreId, hour, ids[i], counts[i], discarded?[i] ?? 0);
    }

    private void ReadCounts(NpgsqlDataReader row)
    {
        for (var column = 0; column < _counts.Length; column++)
        {
            var place = FirstCount + column;
            _counts[column] = row.IsDBNull(place) ? 0 : column < RollupRows.IntegerColumns ? row.GetInt32(place) : row.GetInt64(place);
        }
    }

    private static byte[]? BytesOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static DateTime HourOf(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerHour));
}
