using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>Signs a body as Standard Webhooks 1.0.0 says (github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).</summary>
internal static class WebhookSignature
{
    /// <summary>What every secret begins with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>Bytes that a secret may have after decoding.</summary>
    public const int MinKeyBytes = 24;

    /// <inheritdoc cref="MinKeyBytes"/>
    public const int MaxKeyBytes = 64;

    /// <summary>Version of the symmetric scheme.</summary>
    private const string Version = "v1";

    /// <summary>The header <c>webhook-signature</c>: one signature per secret, so that a receiver may change to the new one before we forget the old.</summary>
    public static string Of(string id, DateTimeOffset sentAt, ReadOnlySpan<byte> body, IEnumerable<Secret> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{sentAt.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"{Version},{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret)!, signed))}"));
    }

    /// <summary>The key that a secret holds, or null when it is none: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
    public static byte[]? KeyOf(Secret secret)
    {
        var text = secret.Reveal();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length is >= MinKeyBytes and <= MaxKeyBytes ? key[..length] : null;
    }
}
