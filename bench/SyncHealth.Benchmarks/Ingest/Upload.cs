namespace SyncHealth.Benchmarks.Ingest;

/// <summary>A request ready to be sent.</summary>
/// <param name="Body">Encoded events.</param>
/// <param name="Events">How many.</param>
/// <param name="BatchId">What the SDK sends as <c>Idempotency-Key</c>; null where the sender has none.</param>
/// <param name="IsResend">Whether the same events are sent a second time.</param>
internal sealed record Upload(byte[] Body, int Events, string? BatchId, bool IsResend);
