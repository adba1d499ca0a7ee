using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SyncHealth.Ingest.Intake;

/// <summary>Writes a refusal as RFC 9457 problem details.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    /// <summary>Longest wait that is told, in seconds: clients cap it at an hour.</summary>
    private const double MaxRetryAfterSeconds = 3600;

    public static async Task WriteAsync(HttpResponse response, Refusal refusal)
    {
        SetStatus(response, refusal);
        response.ContentType = ContentType;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(refusal.Status));
            writer.WriteNumber("status", refusal.Status);
            writer.WriteString("detail", refusal.Message);
            writer.WriteString("code", refusal.Code);
            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>Status and <c>Retry-After</c> (whole seconds, rounded up), which are the same in every transport.</summary>
    public static void SetStatus(HttpResponse response, Refusal refusal)
    {
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, MaxRetryAfterSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
