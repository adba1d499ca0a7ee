using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SyncHealth.Ingest.Intake;

/// <summary>Writes a refusal as RFC 9457 problem details.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    /// <summary>Longest wait that is told, in seconds: clients cap it at an hour.</summary>
    private const double MaxRetryAfterSeconds = 3600;

    public static Task WriteAsync(HttpResponse response, Refusal refusal)
    {
        SetStatus(response, refusal);
        return JsonAnswer.WriteAsync(
            response,
            refusal,
            static (writer, refusal) =>
            {
                writer.WriteString("type"u8, "about:blank"u8);
                writer.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(refusal.Status));
                writer.WriteNumber("status"u8, refusal.Status);
                writer.WriteString("detail"u8, refusal.Message);
                writer.WriteString("code"u8, refusal.Code);
            },
            ContentType);
    }

    /// <summary>Status and <c>Retry-After</c> (whole seconds, rounded up), which are the same in every transport.</summary>
    public static void SetStatus(HttpResponse response, Refusal refusal)
    {
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, MaxRetryAfterSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
