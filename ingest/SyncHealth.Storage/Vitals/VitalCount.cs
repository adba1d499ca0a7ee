using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>The counts and sketches of one group in one point, as <c>synchealth.vital_counts</c> returns them.</summary>
internal sealed record VitalCount
{
    public string[] GroupKey { get; init; } = [];
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
    public byte[] SuccessSketch { get; init; } = [];
    public byte[] OtherSketch { get; init; } = [];

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
        SuccessSketch = [.. SuccessSketch, .. other.SuccessSketch],
        OtherSketch = [.. OtherSketch, .. other.OtherSketch],
    };

    /// <summary>Reads a row of <c>VitalCounts.sql</c> by position: an answer can have tens of thousands, and 26 boxed columns of each cost more than the query.</summary>
    public static VitalCount Read(NpgsqlDataReader row) => new()
    {
        GroupKey = row.GetFieldValue<string[]>(0),
        At = row.GetDateTime(1),
        Attempts = row.GetInt64(2),
        Successes = row.GetInt64(3),
        Partials = row.GetInt64(4),
        Cancelled = row.GetInt64(5),
        FirstTry = row.GetInt64(6),
        OfflineFailures = row.GetInt64(7),
        ServerFailures = row.GetInt64(8),
        AppFailures = row.GetInt64(9),
        Over60s = row.GetInt64(10),
        Conflicted = row.GetInt64(11),
        ConflictsLww = row.GetInt64(12),
        ConflictsCrdt = row.GetInt64(13),
        ConflictsMerge = row.GetInt64(14),
        ConflictsOt = row.GetInt64(15),
        ConflictsManual = row.GetInt64(16),
        ConflictsUnresolved = row.GetInt64(17),
        ConflictsUnknown = row.GetInt64(18),
        Discarded = row.GetInt64(19),
        Pushed = row.GetInt64(20),
        Pulled = row.GetInt64(21),
        BytesUp = row.GetInt64(22),
        BytesDown = row.GetInt64(23),
        SuccessSketch = row.GetFieldValue<byte[]>(24),
        OtherSketch = row.GetFieldValue<byte[]>(25),
    };
}
