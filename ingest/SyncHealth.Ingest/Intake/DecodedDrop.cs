namespace SyncHealth.Ingest.Intake;

/// <summary>Events that the client says it dropped.</summary>
internal readonly record struct DecodedDrop(int Resource, string Reason, long Count);
