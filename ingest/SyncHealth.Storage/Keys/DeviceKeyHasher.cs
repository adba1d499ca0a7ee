using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Storage.Keys;

/// <summary>Turns device ids and user references into 64-bit keys under the installation's secret: raw ids never reach the database.</summary>
public sealed class DeviceKeyHasher
{
    private readonly byte[] _secret;

    /// <param name="secret">At least 16 bytes; see <see cref="DeviceKeySecret"/>.</param>
    /// <exception cref="ArgumentException">The secret is too short to be one.</exception>
    public DeviceKeyHasher(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < DeviceKeySecret.MinBytes)
            throw new ArgumentException($"The device key secret has {secret.Length} bytes; it needs at least {DeviceKeySecret.MinBytes}.", nameof(secret));
        _secret = [.. secret];
    }

    /// <summary>Tells installations apart without telling anything about the secret; stored in the database.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, "fingerprint"u8))[..32];

    /// <summary>First 64 bits of HMAC-SHA256(secret, app, device id).</summary>
    public long DeviceKey(string app, string deviceId) => Key('d', app, deviceId);

    /// <summary>The key of events that name no device.</summary>
    public long AppKey(string app) => Key('a', app, "");

    /// <summary>First 64 bits of HMAC-SHA256(secret, app, user reference); never equals a device's key by construction of the input.</summary>
    public long UserKey(string app, string userRef) => Key('u', app, userRef);

    /// <summary>Kind and app end with NUL, which no stored string contains, so that no two inputs share their bytes.</summary>
    private long Key(char kind, string app, string id)
    {
        var input = Encoding.UTF8.GetBytes($"{kind}\0{app}\0{id}");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, input, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
