using Microsoft.AspNetCore.Http;
using SyncHealth.Ingest.Intake;

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

    private static Task WriteAsync(HttpContext context, int status, string state, string? reason)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(context.Response, (state, reason), static (writer, answer) =>
        {
            writer.WriteString("status"u8, answer.state);
            if (answer.reason is not null)
                writer.WriteString("reason"u8, answer.reason);
        });
    }
}
