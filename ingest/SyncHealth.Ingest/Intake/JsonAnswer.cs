using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Ingest.Intake;

/// <summary>Writes a small JSON answer whole, so that it leaves with its length and in one piece.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    // Answers are never put into a page as they are, so an apostrophe may stay one.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task WriteAsync<T>(HttpResponse response, T state, Action<Utf8JsonWriter, T> write, string contentType = ContentType)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, Options))
        {
            writer.WriteStartObject();
            write(writer, state);
            writer.WriteEndObject();
        }

        response.ContentType = contentType;
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted);
    }
}
