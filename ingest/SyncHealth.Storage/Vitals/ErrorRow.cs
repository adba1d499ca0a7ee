namespace SyncHealth.Storage.Vitals;

/// <summary>A row of <c>synchealth.error_counts</c>.</summary>
internal sealed record ErrorRow
{
    public string[] GroupKey { get; init; } = [];
    public DateTime At { get; init; }
    public string Kind { get; init; } = "";
    public string Code { get; init; } = "";
    public long Attempts { get; init; }
}
