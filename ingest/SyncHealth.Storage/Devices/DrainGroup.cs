namespace SyncHealth.Storage.Devices;

/// <summary>How the devices of one segment came back and worked off what had piled up.</summary>
/// <param name="By">Dimensions as asked, with the values of the group.</param>
/// <param name="Returns">Syncs that succeeded after a failure, or because the network was back, and had something to move up.</param>
/// <param name="Devices">Devices that came back.</param>
/// <param name="Backlog">Items that they brought.</param>
/// <param name="Draining">Devices of them that still have something waiting.</param>
/// <param name="Waiting">Items that wait on those.</param>
/// <param name="DrainP50">Median of the seconds from the return until nothing waited; null while nobody is done.</param>
/// <param name="DrainP90">90th percentile of the same, by nearest rank.</param>
public sealed record DrainGroup(
    IReadOnlyDictionary<string, string> By, long Returns, long Devices, long Backlog, long Draining, long Waiting, double? DrainP50, double? DrainP90);
