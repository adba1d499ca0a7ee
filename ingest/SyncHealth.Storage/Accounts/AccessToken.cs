using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Storage.Accounts;

/// <summary>Texts that open something: of sessions and of one-time links. Random, so that a plain hash of them cannot be reversed.</summary>
internal static class AccessToken
{
    /// <summary>256 bits: twice what OWASP's Session Management Cheat Sheet asks for.</summary>
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
