using System.Security.Cryptography;

namespace SyncHealth.Client.Recording;

/// <summary>Makes version 7 UUIDs (RFC 9562): 48 bits of time, then randomness. .NET makes them itself from version 9 on; netstandard2.0 cannot.</summary>
/// <remarks>Not thread-safe: it belongs to the queue's owner.</remarks>
internal sealed class EventIds : IDisposable
{
    private const int RandomBytes = 10;

    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    // Randomness is fetched for 25 ids at a time: a call to the system's generator costs more than the rest of an event.
    private readonly byte[] _pool = new byte[25 * RandomBytes];
    private int _used = 25 * RandomBytes;

    internal Guid Next(DateTimeOffset at)
    {
        if (_used == _pool.Length)
        {
            _random.GetBytes(_pool);
            _used = 0;
        }

        var r = _pool.AsSpan(_used, RandomBytes);
        _used += RandomBytes;
        var ms = at.ToUnixTimeMilliseconds();
        return new Guid(
            (int)(ms >> 16),
            (short)ms,
            (short)(0x7000 | ((r[0] & 0x0F) << 8) | r[1]),
            (byte)(0x80 | (r[2] & 0x3F)),
            r[3], r[4], r[5], r[6], r[7], r[8], r[9]);
    }

    public void Dispose() => _random.Dispose();
}
