using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>A device that a detector names, as SQL returns it.</summary>
internal sealed record DetectedDeviceRow
{
    public string Detector { get; init; } = "";
    public long DeviceKey { get; init; }
    public DateTime LastAt { get; init; }
    public long Items { get; init; }
    public string Entity { get; init; } = "";
    public string Code { get; init; } = "";

    public DetectedDevice ToDevice() =>
        new(Enum.Parse<Detector>(Detector, ignoreCase: true), DeviceKeyText.Of(DeviceKey), VitalsReader.Utc(LastAt), Items, Entity, Code);
}
