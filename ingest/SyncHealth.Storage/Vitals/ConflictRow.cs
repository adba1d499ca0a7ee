namespace SyncHealth.Storage.Vitals;

/// <summary>A row of <c>synchealth.conflict_mix</c>.</summary>
internal sealed record ConflictRow
{
    public string[] GroupKey { get; init; } = [];
    public DateTime At { get; init; }
    public string Entity { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Strategy { get; init; } = "";
    public string Winner { get; init; } = "";
    public long Conflicts { get; init; }
    public long Discarded { get; init; }
}
