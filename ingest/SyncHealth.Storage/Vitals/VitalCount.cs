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
}
