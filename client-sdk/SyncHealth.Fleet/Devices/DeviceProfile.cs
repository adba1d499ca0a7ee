using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Devices;

/// <summary>Who a device is. Fixed by the seed and the device's number.</summary>
/// <param name="Number">Place in the fleet, from 0.</param>
/// <param name="DeviceId">Id of the install.</param>
/// <param name="Account">Whose notes; several devices may share one.</param>
/// <param name="IsMerging">Whether the account's devices merge concurrent edits field by field; else the last write wins.</param>
/// <param name="Os">Operating system.</param>
/// <param name="OsVersion">Its version.</param>
/// <param name="Model">Model of the device.</param>
/// <param name="Region">Reported as the tag <c>region</c>.</param>
/// <param name="Persona">How it is used.</param>
/// <param name="Installed">The release it starts with.</param>
/// <param name="Eagerness">Place in the queue for new releases, from 0 to 1.</param>
/// <param name="FirstOpen">Fleet time at which its app is opened first.</param>
/// <param name="Fate">From 0 to 1: whom a scenario picks when it picks a share of the fleet.</param>
internal sealed record DeviceProfile(
    int Number, string DeviceId, string Account, bool IsMerging, string Os, string OsVersion, string Model, string Region,
    Persona Persona, Release Installed, double Eagerness, TimeSpan FirstOpen, double Fate);
