using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads an array of key-value lists into a list of the event; false when it is of another shape.</summary>
/// <param name="array">The undecoded array, in the transport's own encoding.</param>
/// <param name="batch">Receives the lines.</param>
/// <param name="list">Which list.</param>
internal delegate bool OtlpItemsReader(ReadOnlySpan<byte> array, DecodedBatch batch, EventField list);
