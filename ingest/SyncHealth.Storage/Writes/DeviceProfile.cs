namespace SyncHealth.Storage.Writes;

/// <summary>What rarely changes about a device: its model and the host's tags (as canonical JSON, keys sorted, <c>{}</c> when none).</summary>
public readonly record struct DeviceProfile(string DeviceModel, string TagsJson);
