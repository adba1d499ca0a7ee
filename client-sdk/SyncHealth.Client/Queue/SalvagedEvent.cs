namespace SyncHealth.Client.Queue;

/// <summary>An event as it was read out of a file that is given up.</summary>
internal sealed record SalvagedEvent(long Seq, long RecordedAtMs, long Session, long? UptimeMs, byte[] Resource, byte[] Json);
