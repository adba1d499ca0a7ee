using System.Net.Http.Headers;
using System.Text.Json;

namespace SyncHealth.Client.Sending;

/// <summary>Reads what an answer means: the status table of the protocol, for every code. Pure.</summary>
internal static class AnswerReader
{
    internal static Answer Read(SyncProtocol protocol, int status, HttpResponseHeaders headers, string? mediaType, byte[] body, DateTimeOffset now)
    {
        var kind = IsOfTheConnection(status, headers, body) ? AnswerKind.Retry : Kind(status, IsPage(mediaType));
        if (kind == AnswerKind.Delivered && TryReadReceipt(protocol, body, out var rejected, out var settings))
            return new Answer(kind, rejected, null, settings, null) { ServerTime = headers.Date };
        // A captive portal answers 200 to everything: only the contract's own words count.
        if (kind == AnswerKind.Delivered)
            kind = AnswerKind.Retry;
        return new Answer(kind, 0, kind == AnswerKind.Retry ? RetryAfter(headers, now) : null, ServerSettings.None, $"http_{status}");
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

    /// <summary>
    /// What a server says, without a word, before it hangs up on a request whose head arrived in pieces or cut off: the network's doing. Taken for a verdict on
    /// the events, it would cost a batch of one its event.
    /// </summary>
    private static bool IsOfTheConnection(int status, HttpResponseHeaders headers, byte[] body) => status == 400 && body.Length == 0 && headers.ConnectionClose == true;

    private static bool IsPage(string? mediaType) =>
        "text/html".Equals(mediaType, StringComparison.OrdinalIgnoreCase) || "application/xhtml+xml".Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var asked = headers.RetryAfter;
        // A date is read against the server's own clock where it tells it: ours may be years off.
        var wait = asked?.Delta ?? (asked?.Date - (headers.Date ?? now));
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static bool TryReadReceipt(SyncProtocol protocol, byte[] body, out int rejected, out ServerSettings settings)
    {
        (rejected, settings) = (0, ServerSettings.None);
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (protocol == SyncProtocol.Otlp ? TryReadPartialSuccess(document.RootElement, out rejected) : TryReadCounts(document.RootElement, out rejected, out settings));
        }
        catch (JsonException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return false;
        }
    }

    private static bool TryReadCounts(JsonElement receipt, out int rejected, out ServerSettings settings)
    {
        (rejected, settings) = (0, ServerSettings.None);
        if (!receipt.TryGetProperty("accepted"u8, out var accepted) || accepted.ValueKind != JsonValueKind.Number)
            return false;
        if (receipt.TryGetProperty("rejected"u8, out var list) && list.ValueKind == JsonValueKind.Array)
            rejected = list.GetArrayLength();
        settings = ServerSettings.Read(receipt);
        return true;
    }

    // OTLP says no more on success than an empty object, or how many records it rejected (text or number, as proto3's JSON may have both).
    private static bool TryReadPartialSuccess(JsonElement receipt, out int rejected)
    {
        rejected = 0;
        if (receipt.TryGetProperty("partialSuccess"u8, out var partial) && partial.ValueKind == JsonValueKind.Object && partial.TryGetProperty("rejectedLogRecords"u8, out var count))
            return count.ValueKind == JsonValueKind.Number ? count.TryGetInt32(out rejected) : count.ValueKind == JsonValueKind.String && int.TryParse(count.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out rejected);
        return true;
    }
}
