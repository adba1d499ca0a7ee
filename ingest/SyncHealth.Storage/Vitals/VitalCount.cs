using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>The counts and sketches of one group in one point, as <c>synchealth.vital_parts</c> returns them.</summary>
internal readonly record struct VitalCount
{
    public string[] GroupKey { get; init; }
    public DateTime At { get; init; }
    public long Attempts { get; init; }
    public long Successes { get; init; }
    public long Partials { get; init; }
    public long Cancelled { get; init; }
    public long FirstTry { get; init; }
    public long OfflineFailures { get; init; }
    public long ServerFailures { get; init; }
    public long AppFailures { get; init; }
    public long Over60s { get; init; }
    public long Conflicted { get; init; }
    public long ConflictsLww { get; init; }
    public long ConflictsCrdt { get; init; }
    public long ConflictsMerge { get; init; }
    public long ConflictsOt { get; init; }
    public long ConflictsManual { get; init; }
    public long ConflictsUnresolved { get; init; }
    public long ConflictsUnknown { get; init; }
    public long Discarded { get; init; }
    public long Pushed { get; init; }
    public long Pulled { get; init; }
    public long BytesUp { get; init; }
    public long BytesDown { get; init; }
    public ReadOnlyMemory<byte> SuccessSketch { get; init; }
    public ReadOnlyMemory<byte> OtherSketch { get; init; }

    /// <summary>Conflicts of every strategy.</summary>
    public long Conflicts => ConflictsLww + ConflictsCrdt + ConflictsMerge + ConflictsOt + ConflictsManual + ConflictsUnresolved + ConflictsUnknown;

    /// <summary>The sum of two rows of the same group and point; joining the encodings of two sketches merges them.</summary>
    public VitalCount Plus(VitalCount other) => this with
    {
        Attempts = Attempts + other.Attempts,
        Successes = Successes + other.Successes,
        Partials = Partials + other.Partials,
        Cancelled = Cancelled + other.Cancelled,
        FirstTry = FirstTry + other.FirstTry,
        OfflineFailures = OfflineFailures + other.OfflineFailures,
        ServerFailures = ServerFailures + other.ServerFailures,
        AppFailures = AppFailures + other.AppFailures,
        Over60s = Over60s + other.Over60s,
        Conflicted = Conflicted + other.Conflicted,
        ConflictsLww = ConflictsLww + other.ConflictsLww,
        ConflictsCrdt = ConflictsCrdt + other.ConflictsCrdt,
        ConflictsMerge = ConflictsMerge + other.ConflictsMerge,
        ConflictsOt = ConflictsOt + other.ConflictsOt,
        ConflictsManual = ConflictsManual + other.ConflictsManual,
        ConflictsUnresolved = ConflictsUnresolved + other.ConflictsUnresolved,
        ConflictsUnknown = ConflictsUnknown + other.ConflictsUnknown,
        Discarded = Discarded + other.Discarded,
        Pushed = Pushed + other.Pushed,
        Pulled = Pulled + other.Pulled,
        BytesUp = BytesUp + other.BytesUp,
        BytesDown = BytesDown + other.BytesDown,
        SuccessSketch = Joined(SuccessSketch, other.SuccessSketch),
        OtherSketch = Joined(OtherSketch, other.OtherSketch),
    };

    /// <summary>Reads a row of <c>VitalCounts.sql</c> or <c>MarginRows.sql</c> by position: an answer can have tens of thousands, and 26 boxed columns of each cost more than the query.</summary>
    /// <param name="row">Where the reader stands.</param>
    /// <param name="sketches">Where the sketches are kept.</param>
    public static VitalCount Read(NpgsqlDataReader row, ByteBlocks sketches) => new()
    {
        GroupKey = row.GetFieldValue<string[]>(0),
        At = row.GetDateTime(1),
        Attempts = CountAt(row, 2),
        Successes = CountAt(row, 3),
        Partials = CountAt(row, 4),
        Cancelled = CountAt(row, 5),
        FirstTry = CountAt(row, 6),
        OfflineFailures = CountAt(row, 7),
        ServerFailures = CountAt(row, 8),
        AppFailures = CountAt(row, 9),
        Over60s = CountAt(row, 10),
        Conflicted = CountAt(row, 11),
        ConflictsLww = CountAt(row, 12),
        ConflictsCrdt = CountAt(row, 13),
        ConflictsMerge = CountAt(row, 14),
        ConflictsOt = CountAt(row, 15),
        ConflictsManual = CountAt(row, 16),
        ConflictsUnresolved = CountAt(row, 17),
        ConflictsUnknown = CountAt(row, 18),
        Discarded = CountAt(row, 19),
        Pushed = CountAt(row, 20),
        Pulled = CountAt(row, 21),
        BytesUp = CountAt(row, 22),
        BytesDown = CountAt(row, 23),
        SuccessSketch = SketchAt(row, 24, sketches),
        OtherSketch = SketchAt(row, 25, sketches),
    };
    private static long CountAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    private static ReadOnlyMemory<byte> SketchAt(NpgsqlDataReader row, int column, ByteBlocks sketches)
    {
        var bytes = sketches.Take((int)row.GetBytes(column, 0, null, 0, 0));
        row.GetBytes(column, 0, bytes.Array!, bytes.Offset, bytes.Count);
        return bytes;
    }

    private static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        one.IsEmpty ? other : other.IsEmpty ? one : (byte[])[.. one.Span, .. other.Span];
}
