namespace SyncHealth.Storage.Vitals;

/// <summary>The devices of one group in one point, as <c>synchealth.device_sets</c> returns them.</summary>
internal sealed record DeviceCount
{
    public string[] GroupKey { get; init; } = [];
    public DateTime At { get; init; }
    public byte[] Keys { get; init; } = [];
    public byte[] Registers { get; init; } = [];

    /// <summary>Distinct devices.</summary>
    public long Devices => DeviceSet.CountOf(Keys, Registers);
}
