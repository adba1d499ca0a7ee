namespace SyncHealth.Storage.Retention;

/// <summary>A partition of <c>event</c> and its length in blocks.</summary>
internal sealed record EventTable
{
    public required string Partition { get; init; }
    public long Blocks { get; init; }
}
