namespace SyncHealth.Storage.Fold;

/// <summary>A margin of device sets that needs compaction.</summary>
internal sealed record GrownDeviceMargin
{
    public required int AppId { get; init; }
    public required string Dimension { get; init; }
    public required short Grain { get; init; }
    public required DateTime At { get; init; }
    public required string Environment { get; init; }
    public required string Value { get; init; }
    public required byte[] Keys { get; init; }
    public required byte[] Registers { get; init; }
}
