using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Writes the answer to a batch that was committed.</summary>
internal static class EventsAnswer
{
    public static Task WriteAsync(HttpResponse response, IngestOutcome outcome) => JsonAnswer.WriteAsync(response, outcome, static (writer, outcome) =>
    {
        writer.WriteNumber("accepted"u8, outcome.Accepted);
        writer.WriteNumber("duplicates"u8, outcome.Duplicates);
        writer.WriteStartArray("rejected"u8);
        foreach (var rejection in outcome.Rejections)
            Write(writer, rejection);
        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, in Rejection rejection)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, rejection.Index);
        writer.WriteString("code"u8, rejection.Code);
        writer.WriteString("message"u8, rejection.Message);
        writer.WriteEndObject();
    }
}
