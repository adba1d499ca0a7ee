namespace SyncHealth.Storage.Devices;

/// <summary>The devices of one release on one day, as SQL returns them.</summary>
internal sealed record AdoptionRow
{
    public string AppVersion { get; init; } = "";
    public DateTime At { get; init; }
    public byte[] Keys { get; init; } = [];
    public byte[] Registers { get; init; } = [];
}
