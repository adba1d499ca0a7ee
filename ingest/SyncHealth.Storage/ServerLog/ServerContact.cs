namespace SyncHealth.Storage.ServerLog;

/// <summary>One time that a device reached its app's sync server, as the server says.</summary>
/// <param name="DeviceKey">The device.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Accepted">Changes that the server took from it; 0 when it only fetched.</param>
public readonly record struct ServerContact(long DeviceKey, DateTimeOffset At, int Accepted);
