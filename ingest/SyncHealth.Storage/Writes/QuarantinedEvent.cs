namespace SyncHealth.Storage.Writes;

/// <summary>An event refused for its time: kept for inspection, never read by a vital sign.</summary>
/// <param name="App">App name.</param>
/// <param name="DeviceKey">HMAC key of the device.</param>
/// <param name="DeviceAt">The time it claimed (after drift correction).</param>
/// <param name="Code">Reason code.</param>
/// <param name="Json">The event's decoded fields, as JSON.</param>
/// <param name="UserKey">HMAC of the host's own user reference, or null. Not stored: it only says whose the event is.</param>
public sealed record QuarantinedEvent(string App, long DeviceKey, DateTimeOffset DeviceAt, string Code, string Json, long? UserKey = null);
