namespace SyncHealth.Storage.Devices;

/// <summary>A group of devices by how long they are silent, as SQL returns it.</summary>
internal sealed record PresenceRow
{
    public string[] Key { get; init; } = [];
    public long Active { get; init; }
    public long Late { get; init; }
    public long Silent { get; init; }
    public long Gone { get; init; }
    public long Reporting { get; init; }
    public long Synced { get; init; }
}
