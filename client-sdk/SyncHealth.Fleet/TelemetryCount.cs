namespace SyncHealth.Fleet;

/// <summary>The telemetry's own books, summed over the devices and over the life of their queues. Issued = Acknowledged + Dropped + Waiting.</summary>
/// <param name="Issued">Events recorded.</param>
/// <param name="Acknowledged">Events that ingest has answered for.</param>
/// <param name="Dropped">Events given up.</param>
/// <param name="Waiting">Events left in the devices' queues; the next run sends them.</param>
public sealed record TelemetryCount(long Issued, long Acknowledged, long Dropped, long Waiting);
