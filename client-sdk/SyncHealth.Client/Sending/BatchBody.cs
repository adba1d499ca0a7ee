using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client.Sending;

/// <summary>Puts the stored pieces of a batch together as the contract's JSON. Events are copied, not parsed.</summary>
internal static class BatchBody
{
    internal static ByteBuffer Write(QueuedBatch batch, DateTimeOffset sentAt)
    {
        var buffer = new ByteBuffer(256 + batch.Resource.Length + batch.Events.Sum(e => e.Json.Length + 32));
        buffer.Write("{\"sentAt\":\""u8);
        buffer.Write(Encoding.ASCII.GetBytes(sentAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        buffer.Write("\",\"resource\":"u8);
        buffer.Write(batch.Resource);
        buffer.Write(",\"events\":["u8);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            if (i > 0)
                buffer.Write(","u8);
            WriteEvent(buffer, batch.Events[i]);
        }

        buffer.Write("]"u8);
        WriteDropped(buffer, batch.Dropped);
        buffer.Write("}"u8);
        return buffer;
    }

    internal static byte[] Compress(ByteBuffer body)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        var plain = body.Segment;
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(plain.Array!, plain.Offset, plain.Count);
        return compressed.ToArray();
    }

    // The age is the one field that changes between recording and sending: it goes before the stored closing brace.
    private static void WriteEvent(ByteBuffer buffer, in QueuedEvent item)
    {
        if (item.AgeMs is not { } age)
        {
            buffer.Write(item.Json);
            return;
        }

        buffer.Write(item.Json.AsSpan(0, item.Json.Length - 1));
        buffer.Write(",\"ageMs\":"u8);
        buffer.Write(Encoding.ASCII.GetBytes(age.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        buffer.Write("}"u8);
    }

    private static void WriteDropped(ByteBuffer buffer, IReadOnlyList<QueuedLoss> dropped)
    {
        if (dropped.Count == 0)
            return;
        buffer.Write(",\"dropped\":"u8);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var loss in dropped)
            WriteLoss(json, loss);

        json.WriteEndArray();
    }

    private static void WriteLoss(Utf8JsonWriter json, QueuedLoss loss)
    {
        json.WriteStartObject();
        json.WriteString("reason"u8, loss.Reason);
        json.WriteNumber("count"u8, loss.Count);
        if (loss.Report is { } report)
            json.WriteString("report"u8, report);
        if (loss.Doubt is { } doubt)
        {
            json.WriteNumber("firstSeq"u8, doubt.FirstSeq);
            json.WriteNumber("lastSeq"u8, doubt.LastSeq);
            json.WriteNumber("firstAt"u8, doubt.FirstAtMs);
            json.WriteNumber("lastAt"u8, doubt.LastAtMs);
        }

        json.WriteEndObject();
    }
}
