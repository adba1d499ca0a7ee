using System.Text;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>Takes a JSON body in without a server: decoder and intake only.</summary>
internal sealed record Taking(Refusal? Refusal, EventBatch Batch, IReadOnlyList<Rejection> Rejections, Adjustments Adjustments)
{
    public static readonly DateTimeOffset Now = IngestServer.Start;
    public static readonly DeviceKeyHasher Hasher = new(new byte[32]);

    /// <summary>The only event that was taken.</summary>
    public EventRow Event => Batch.Events.Single();

    /// <summary>The code of the only event that was refused.</summary>
    public string RejectCode => Rejections.Single().Code;

    public static Taking Of(string json, string? keyApp = "notes", BatchDecoder? decode = null) => Of(Encoding.UTF8.GetBytes(json), keyApp, decode);

    public static Taking Of(byte[] body, string? keyApp = "notes", BatchDecoder? decode = null)
    {
        var decoded = new DecodedBatch();
        if ((decode ?? JsonBatchDecoder.Decode)(body, decoded) is { } refusal)
            return new Taking(refusal, new EventBatch { ReceivedAt = Now }, [], decoded.Adjustments);
        var request = new IntakeRequest
        {
            ReceivedAt = Now,
            KeyApp = keyApp,
            BatchHash = EventIdentity.OfBatch(body),
            Body = body,
        };
        var taken = new EventIntake(Hasher, new IngestOptions()).Take(decoded, request);
        return new Taking(null, taken.Batch, taken.Rejections, decoded.Adjustments);
    }

    /// <summary>One event, the required fields given, with <paramref name="fields"/> after them (so that they override).</summary>
    public static Taking OfEvent(string fields = "", string resource = """{"app":"notes","deviceId":"d1"}""", string outer = "") =>
        Of($$"""{{{outer}}"resource":{{resource}},"events":[{{EventJson(fields)}}]}""");

    private static string EventText => """{"timestamp":"2026-11-22T07:59:58.120Z","type":"delta","success":true,"durationMs":812""";

    public static string EventJson(string fields = "") => EventText + (fields.Length == 0 ? "}" : "," + fields + "}");
}
