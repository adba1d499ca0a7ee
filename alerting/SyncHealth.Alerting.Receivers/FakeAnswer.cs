using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Alerting.Receivers;

/// <summary>What a fake answers, with the vendor's own words.</summary>
internal sealed record FakeAnswer(int Status, string Body, string ContentType)
{
    /// <summary>Seconds for <c>Retry-After</c>, where the vendor would send it.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Which limit was reached, where the vendor says so in <c>RateLimit-Reason</c>.</summary>
    public string? RateLimitReason { get; init; }

    public static FakeAnswer Json(int status, JsonNode body) => new(status, body.ToJsonString(), "application/json");

    public static FakeAnswer Plain(int status, string body) => new(status, body, "text/plain");

    public static FakeAnswer Empty(int status) => new(status, "", "");

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (RateLimitReason is { } reason)
            response.Headers["RateLimit-Reason"] = reason;
        if (Body.Length == 0)
            return;
        response.ContentType = ContentType;
        await response.WriteAsync(Body);
    }
}
