using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Limits;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Writes OTLP answers in the encoding of the request: an empty success, a partial success, or a Status.</summary>
internal static class OtlpAnswer
{
    // google.rpc.Code
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unavailable = 14;
    private const int Unauthenticated = 16;

    public static Task WriteAsync(HttpResponse response, IngestOutcome outcome, bool isJson)
    {
        if (outcome.Refusal is { } refusal)
        {
            Problem.SetStatus(response, refusal);
            return WriteAsync(response, isJson, StatusBody(refusal, isJson));
        }

        return WriteAsync(response, isJson, outcome.Rejections.Count == 0
            ? isJson ? "{}"u8.ToArray() : []
            : PartialBody(outcome.Rejections, isJson));
    }

    private static async Task WriteAsync(HttpResponse response, bool isJson, byte[] body)
    {
        response.ContentType = isJson ? MediaTypes.Json : MediaTypes.Protobuf;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    /// <summary>google.rpc.Status: code = 1, message = 2. The stable code leads the message.</summary>
    private static byte[] StatusBody(Refusal refusal, bool isJson)
    {
        var code = refusal.Status switch { 401 => Unauthenticated, 429 => ResourceExhausted, 503 => Unavailable, _ => InvalidArgument };
        var message = $"{refusal.Code}: {refusal.Message}";
        return isJson ? JsonSerializer.SerializeToUtf8Bytes(new { code, message }) : ProtoNumberAndText(code, message);
    }

    /// <summary>ExportLogsServiceResponse: partial_success = 1 { rejected_log_records = 1, error_message = 2 }.</summary>
    private static byte[] PartialBody(IReadOnlyList<Rejection> rejections, bool isJson)
    {
        var reasons = rejections.GroupBy(rejection => rejection.Code, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} × {group.Key}: {group.First().Message}");
        var message = string.Join(" · ", reasons);
        if (isJson)
            return JsonSerializer.SerializeToUtf8Bytes(new
            {
                partialSuccess = new { rejectedLogRecords = rejections.Count.ToString(CultureInfo.InvariantCulture), errorMessage = message },
            });

        var partial = ProtoNumberAndText(rejections.Count, message);
        var writer = new ArrayBufferWriter<byte>();
        WriteLengthPrefixed(writer, field: 1, partial);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] ProtoNumberAndText(int number, string text)
    {
        var writer = new ArrayBufferWriter<byte>();
        WriteVarint(writer, (1 << 3) | (uint)ProtoWire.Varint);
        WriteVarint(writer, (uint)number);
        WriteLengthPrefixed(writer, field: 2, Encoding.UTF8.GetBytes(text));
        return writer.WrittenSpan.ToArray();
    }

    private static void WriteLengthPrefixed(ArrayBufferWriter<byte> writer, uint field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint(writer, (field << 3) | (uint)ProtoWire.Length);
        WriteVarint(writer, (uint)bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> writer, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            writer.Write([(byte)(value | 0x80)]);
        writer.Write([(byte)value]);
    }
}
