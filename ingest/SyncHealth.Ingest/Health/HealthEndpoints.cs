using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Ingest.Health;

/// <summary><c>GET /healthz</c>: the process lives. <c>GET /readyz</c>: it can take events, or why not.</summary>
internal sealed class HealthEndpoints(Readiness readiness)
{
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, "ok", null);

    public async Task ReadyAsync(HttpContext context)
    {
        if (await readiness.WhyNotAsync() is { } reason)
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, reason.Code, reason.Message);
        else
            await WriteAsync(context, StatusCodes.Status200OK, "ready", null);
    }

    private static async Task WriteAsync(HttpContext context, int status, string state, string? reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("status", state);
            if (reason is not null)
                writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
