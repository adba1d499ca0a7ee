using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>What detectors say of the devices that reported, in words.</summary>
public static class DetectorTable
{
    /// <summary>As long as the default window of the rules on detectors.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(6);

    /// <summary>Devices named beside each count.</summary>
    public const int DevicesShown = 3;

    private const int KeyShown = 8;

    /// <param name="group">Of all devices that pass the filters; null when none reported.</param>
    /// <param name="devices">Those that are named.</param>
    /// <param name="state">Of the page, for the links.</param>
    public static IReadOnlyList<DetectorLine> Of(DetectionGroup? group, IReadOnlyList<DetectedDevice> devices, DevicesState state)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(state);
        if (group is null)
            return [];
        var named = devices.ToLookup(device => device.Detector);
        DetectorLine Line(Detector detector, string name, long count, Band bad, string value, string meaning) => new(
            Code(detector), name, count == 0 ? Band.Good : bad, value, meaning, [.. named[detector].Take(DevicesShown).Select(device => Hit(device, state))]);
        return
        [
            Line(Detector.Stuck, "Stuck", group.Stuck, Band.Poor, Devices(group.Stuck), "Syncs succeed while something waits, and nothing moves up."),
            Line(Detector.Reupload, "Re-uploading", group.Reuploading, Band.NeedsAttention, Ratio(group.Reuploading, group.ReuploadRatio, "of the items sent"), "The same items are sent in every sync."),
            Line(Detector.Poison, "Blocked by one item", group.Poisoned, Band.Poor, Devices(group.Poisoned), "One item fails in every sync, and the rest waits behind it."),
            Line(Detector.Reset, "Reset with loss", group.Reset, Band.Poor, group.Reset == 0 ? "none" : $"{Devices(group.Reset)}, {Quantity.Of(group.LostItems, "item", "items")}", "A client reset threw unsynced items away."),
            Line(Detector.Clock, "Clock not trusted", group.ClocksOff, Band.NeedsAttention, Devices(group.ClocksOff), "Off by 55 minutes or more: times are corrected."),
            Line(Detector.Loss, "Telemetry lost", group.WithGaps, Band.NeedsAttention, Ratio(group.WithGaps, group.TelemetryLoss, "of the reports"), "Numbers of their sequence that no report carries."),
        ];
    }

    private static string Devices(long count) => count == 0 ? "none" : Quantity.Of(count, "device", "devices");

    private static string Ratio(long count, double? percent, string of) => count == 0 || percent is not { } share ? "none" : $"{Devices(count)}, {Quantity.Percent(share)} {of}";

    private static DetectorHit Hit(DetectedDevice device, DevicesState state) => new(
        device.Key[..KeyShown], DeviceState.Parse(state.App, state.Range, device.Key, null, null).ToAddress(), Stake(device));

    private static string Stake(DetectedDevice device) => device.Detector switch
    {
        Detector.Stuck => $"{Quantity.Of(device.Items, "item waits", "items wait")}",
        Detector.Reupload => $"{Quantity.Of(device.Items, "item", "items")} sent again",
        Detector.Poison => $"{Name(device)}; {Quantity.Of(device.Items, "item waits", "items wait")}",
        Detector.Reset => $"{Quantity.Of(device.Items, "item", "items")} lost",
        Detector.Clock => $"off by {Quantity.Age(device.Items)}",
        _ => $"{Quantity.Of(device.Items, "report", "reports")} missing",
    };

    private static string Name(DetectedDevice device) => device.Entity.Length == 0 ? device.Code : $"{device.Entity} · {device.Code}";

    private static string Code(Detector detector) => detector.ToString().ToLowerInvariant();
}
