using System.Text;
using SyncHealth.Ingest;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>The edge without a server: from decompressed bytes to what would be written.</summary>
/// <param name="now">When every body is received.</param>
/// <param name="idempotencyKey">Of every body; null for none.</param>
internal sealed class Edge(DateTimeOffset now, string? idempotencyKey = null)
{
    public const string App = "notes";

    private readonly EventIntake _intake = new(new DeviceKeyHasher(new byte[32]), new IngestOptions());
    private readonly DecodedBatch _decoded = new();

    public static BatchDecoder Json => JsonBatchDecoder.Decode;

    public static BatchDecoder OtlpJson => OtlpJsonDecoder.Decode;

    public static BatchDecoder OtlpProtobuf => OtlpProtoDecoder.Decode;

    /// <summary>Takes one body in. The decoder is reused as the server reuses it.</summary>
    public EdgeResult Take(BatchDecoder decode, byte[] body)
    {
        _decoded.TryReset();
        if (decode(body, _decoded) is { } refusal)
            return new EdgeResult(refusal, null, [], _decoded.Adjustments);
        var taken = _intake.Take(_decoded, new IntakeRequest
        {
            ReceivedAt = now,
            KeyApp = App,
            BatchHash = EventIdentity.OfBatch(idempotencyKey is null ? body : Encoding.UTF8.GetBytes(idempotencyKey)),
            Body = body,
        });
        return new EdgeResult(null, taken.Batch, taken.Rejections, _decoded.Adjustments);
    }
}
