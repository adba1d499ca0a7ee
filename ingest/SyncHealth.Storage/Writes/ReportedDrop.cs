namespace SyncHealth.Storage.Writes;

/// <summary>A client's own account of events it dropped. Counted once per (device, batch), so a resend adds nothing. The user's key only says whose it is.</summary>
public readonly record struct ReportedDrop(string App, long DeviceKey, long BatchHash, string Reason, long Count, long? UserKey = null);
