using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Storage.Tests.Keys;

public sealed class DeviceKeyHasherTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void DeviceKey_IsFirst64BitsOfHmac()
    {
        var hmac = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes("d\0notes\0install-7f3a"));
        Assert.Equal(BinaryPrimitives.ReadInt64BigEndian(hmac), new DeviceKeyHasher(Secret).DeviceKey("notes", "install-7f3a"));
    }

    [Fact]
    public void Keys_OfOtherAppKindOrSecret_Differ()
    {
        var hasher = new DeviceKeyHasher(Secret);
        long[] keys =
        [
            hasher.DeviceKey("notes", "x"), hasher.DeviceKey("note", "sx"), hasher.DeviceKey("notes", ""), hasher.UserKey("notes", "x"),
            hasher.AppKey("notes"), hasher.AppKey("note"), new DeviceKeyHasher([.. Secret.Reverse()]).DeviceKey("notes", "x"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Fingerprint_TellsSecretsApartWithoutHoldingOne()
    {
        var fingerprint = new DeviceKeyHasher(Secret).Fingerprint;
        Assert.NotEqual(fingerprint, new DeviceKeyHasher([.. Secret.Reverse()]).Fingerprint);
        Assert.DoesNotContain(fingerprint[..8], Convert.ToHexStringLower(Secret), StringComparison.Ordinal);
    }

    [Fact]
    public void Construct_ShortSecret_Throws() => Assert.Throws<ArgumentException>(() => new DeviceKeyHasher(new byte[15]));
}
