namespace SyncHealth.Storage.Devices;

/// <summary>How a group of devices came back, as SQL returns it.</summary>
internal sealed record DrainRow
{
    public string[] Key { get; init; } = [];
    public long Returns { get; init; }
    public long Devices { get; init; }
    public long Backlog { get; init; }
    public long Draining { get; init; }
    public long Waiting { get; init; }
    public double? DrainP50 { get; init; }
    public double? DrainP90 { get; init; }
}
