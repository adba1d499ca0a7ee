using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Alerting.Receivers.Webhook;

/// <summary>A consumer of Standard Webhooks 1.0.0 that trusts nothing: it verifies the bytes as they came, in constant time, and only within five minutes.</summary>
internal sealed class WebhookFake(TimeProvider clock, TimeProvider wallClock, ReceiverOptions options, RejectionLog rejections)
{
    /// <summary>What the specification advises as the largest body.</summary>
    private const int MaxBodyBytes = 20 * 1024;

    private const string Prefix = "whsec_";

    /// <summary>How far its time of sending may lie from now, either way.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<WebhookDelivery> _messages = [];

    public IReadOnlyList<WebhookDelivery> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    public FakeAnswer Post(IHeaderDictionary headers, byte[] body)
    {
        if (Refusal(headers, body) is var (status, reason))
        {
            rejections.Add("webhook", status, reason);
            return FakeAnswer.Plain(status, reason);
        }

        var text = Encoding.UTF8.GetString(body);
        if (JsonReading.Object(text) is not { } sent || sent.Text("type") is not { Length: > 0 } type || sent["data"] is not JsonObject
            || !DateTimeOffset.TryParse(sent.Text("timestamp"), CultureInfo.InvariantCulture, out _))
        {
            const string Reason = "the body is no object with type, timestamp and data";
            rejections.Add("webhook", StatusCodes.Status400BadRequest, Reason);
            return FakeAnswer.Plain(StatusCodes.Status400BadRequest, Reason);
        }

        Keep(headers["webhook-id"].ToString(), type, sent.Text("data", "headline") ?? "", text);
        return FakeAnswer.Empty(StatusCodes.Status204NoContent);
    }

    private void Keep(string id, string type, string headline, string body)
    {
        lock (_lock)
        {
            var index = _messages.FindIndex(message => message.Id == id);
            if (index >= 0)
                _messages[index] = _messages[index] with { Copies = _messages[index].Copies + 1 };
            else
                _messages.Add(new WebhookDelivery(id, type, headline, body, 1, clock.GetUtcNow()));
            if (_messages.Count > ReceiverLimits.KeptCount)
                _messages.RemoveAt(0);
        }
    }

    private (int Status, string Reason)? Refusal(IHeaderDictionary headers, byte[] body)
    {
        var id = headers["webhook-id"].ToString();
        if (body.Length > MaxBodyBytes)
            return (StatusCodes.Status413PayloadTooLarge, $"the body is larger than {MaxBodyBytes} bytes");
        if (headers.ContentType.ToString().Split(';')[0] != "application/json")
            return (StatusCodes.Status415UnsupportedMediaType, "the body is not application/json");
        // A full stop in an id would make two different messages sign alike.
        if (id.Length == 0 || id.Contains('.', StringComparison.Ordinal))
            return (StatusCodes.Status400BadRequest, "webhook-id is missing, or has a full stop in it");
        if (!long.TryParse(headers["webhook-timestamp"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return (StatusCodes.Status400BadRequest, "webhook-timestamp is not seconds since 1970");
        if (Math.Abs(wallClock.GetUtcNow().ToUnixTimeSeconds() - (double)seconds) > Tolerance.TotalSeconds)
            return (StatusCodes.Status401Unauthorized, "webhook-timestamp is more than five minutes from now");
        var signed = (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")), .. body];
        return headers["webhook-signature"].ToString().Split(' ').Any(signature => IsOurs(signature, signed))
            ? null
            : (StatusCodes.Status401Unauthorized, "webhook-signature fits no secret");
    }

    private bool IsOurs(string signature, byte[] signed)
    {
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(options.WebhookSecret[Prefix.Length..]), signed));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature));
    }
}
