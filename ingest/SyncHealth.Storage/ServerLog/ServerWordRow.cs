namespace SyncHealth.Storage.ServerLog;

/// <summary>What a server said of one device, as SQL returns it.</summary>
internal sealed record ServerWordRow
{
    public DateTime LogSince { get; init; }
    public DateTime LogUntil { get; init; }
    public DateTime? HeardAt { get; init; }
    public DateTime? AcceptedAt { get; init; }
    public int AcceptedItems { get; init; }
}
