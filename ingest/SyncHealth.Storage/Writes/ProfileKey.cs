namespace SyncHealth.Storage.Writes;

/// <summary>A device profile of an app.</summary>
internal readonly record struct ProfileKey(string App, DeviceProfile Profile);
