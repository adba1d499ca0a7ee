namespace SyncHealth.Ingest.Intake;

/// <summary>Reads a decompressed body into an empty batch. Never throws.</summary>
/// <returns>Null, or why the body cannot be read.</returns>
internal delegate Refusal? BatchDecoder(ReadOnlySpan<byte> body, DecodedBatch batch);
