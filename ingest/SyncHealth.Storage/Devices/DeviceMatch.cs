namespace SyncHealth.Storage.Devices;

/// <summary>A device that a search may mean.</summary>
/// <param name="How">What of it matched: <c>id</c>, <c>user</c> or <c>key</c>.</param>
/// <param name="Key">The opaque device key.</param>
public sealed record DeviceMatch(string How, string Key, DateTimeOffset LastSeenAt);
