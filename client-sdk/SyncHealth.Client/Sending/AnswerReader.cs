using System.Net.Http.Headers;
using System.Text.Json;

namespace SyncHealth.Client.Sending;

/// <summary>Reads what an answer means: the status table of the protocol, for every code. Pure.</summary>
internal static class AnswerReader
{
    internal static Answer Read(int status, HttpResponseHeaders headers, string? mediaType, byte[] body, DateTimeOffset now)
    {
        var rejected = 0;
        var kind = Kind(status, IsPage(mediaType));
        // A captive portal answers 200 to everything: only the contract's own words count.
        if (kind == AnswerKind.Delivered && !TryReadReceipt(body, out rejected))
            kind = AnswerKind.Retry;
        return kind == AnswerKind.Delivered
            ? new Answer(kind, rejected, null, null)
            : new Answer(kind, 0, kind == AnswerKind.Retry ? RetryAfter(headers, now) : null, $"http_{status}");
    }

    /// <summary>The meaning of a status. A page (HTML) comes from something between us and the server, so it may ask for patience and nothing else.</summary>
    internal static AnswerKind Kind(int status, bool isPage) => status switch
    {
        // Proxies have size limits of their own, and only a smaller body gets through them.
        413 => AnswerKind.TooLarge,
        _ when isPage => AnswerKind.Retry,
        200 => AnswerKind.Delivered,
        400 or 422 => AnswerKind.Malformed,
        415 => AnswerKind.Unencodable,
        407 or 408 or 425 or 429 => AnswerKind.Retry,
        // 401 and 403, but also a wrong path or a blocked app: the events are not to blame, and asking every second would not help.
        >= 400 and < 500 => AnswerKind.Refused,
        500 => AnswerKind.ServerError,
        _ => AnswerKind.Retry,
    };

    private static bool IsPage(string? mediaType) =>
        "text/html".Equals(mediaType, StringComparison.OrdinalIgnoreCase) || "application/xhtml+xml".Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var asked = headers.RetryAfter;
        // A date is read against the server's own clock where it tells it: ours may be years off.
        var wait = asked?.Delta ?? (asked?.Date - (headers.Date ?? now));
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static bool TryReadReceipt(byte[] body, out int rejected)
    {
        rejected = 0;
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("accepted"u8, out var accepted) || accepted.ValueKind != JsonValueKind.Number)
                return false;
            if (root.TryGetProperty("rejected"u8, out var list) && list.ValueKind == JsonValueKind.Array)
                rejected = list.GetArrayLength();
            return true;
        }
        catch (JsonException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return false;
        }
    }
}
