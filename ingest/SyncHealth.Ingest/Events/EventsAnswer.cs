using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Writes the answer to a batch that was committed.</summary>
internal static class EventsAnswer
{
    public static Task WriteAsync(HttpResponse response, IngestOutcome outcome, IngestOptions options) => JsonAnswer.WriteAsync(response, (outcome, options), static (writer, answer) =>
    {
        var (outcome, options) = answer;
        writer.WriteNumber("accepted"u8, outcome.Accepted);
        writer.WriteNumber("duplicates"u8, outcome.Duplicates);
        writer.WriteStartArray("rejected"u8);
        foreach (var rejection in outcome.Rejections)
            Write(writer, rejection);
        writer.WriteEndArray();
        WriteSettings(writer, options);
    });

    /// <summary>What our SDK is asked to do; left out where nothing is asked, so that it costs nobody a byte.</summary>
    private static void WriteSettings(Utf8JsonWriter writer, IngestOptions options)
    {
        if (options is { SdkSample: 1, SdkInterval.Ticks: 0, SdkPause.Ticks: 0 })
            return;
        writer.WriteStartObject("settings"u8);
        writer.WriteNumber("sample"u8, options.SdkSample);
        writer.WriteNumber("intervalSeconds"u8, (long)options.SdkInterval.TotalSeconds);
        writer.WriteNumber("pauseSeconds"u8, (long)options.SdkPause.TotalSeconds);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, in Rejection rejection)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, rejection.Index);
        writer.WriteString("code"u8, rejection.Code);
        writer.WriteString("message"u8, rejection.Message);
        writer.WriteEndObject();
    }
}
