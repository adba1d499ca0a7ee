using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Alerting.Messages;

/// <summary>The identity of an incident towards vendors.</summary>
public static class IncidentKey
{
    /// <summary>Hex digits kept of the hash: 128 bits, no two incidents ever share them.</summary>
    private const int Digits = 32;

    /// <summary>The same for the same rule, app, segment and beginning, and for nothing else.</summary>
    public static string Of(string rule, string app, IReadOnlyDictionary<string, string> segment, DateTimeOffset since)
    {
        var parts = segment.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value })
            .Prepend(app).Prepend(rule).Append(since.ToUniversalTime().ToString("O"));
        // Lengths before the parts: ("a", "bc") and ("ab", "c") are different incidents.
        var text = string.Concat(parts.Select(part => FormattableString.Invariant($"{part.Length}:{part}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
    }
}
