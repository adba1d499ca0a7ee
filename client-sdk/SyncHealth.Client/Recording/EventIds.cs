using System.Buffers.Text;
using System.Text;

namespace SyncHealth.Client.Recording;

/// <summary>Names events so that no two ever share a name: 60 random bits of this run of the app, then the event's number.</summary>
/// <remarks>
/// The bits are never stored: a run on an older copy of the queue (a restored phone), or on the file of another process, gives numbers again, under other names.
/// A UUID in each event would be as good and cost 18 bytes an event on the wire, a third of it, because randomness does not compress. Not thread-safe: it belongs to the queue's owner.
/// </remarks>
internal sealed class EventIds
{
    private const int RunLength = 15;

    /// <summary>Digits of the largest number.</summary>
    private const int MaxDigits = 19;

    private readonly byte[] _id = new byte[RunLength + 1 + MaxDigits];

    internal EventIds() => Renew();

    /// <summary>The name of an event, valid until the next is asked for.</summary>
    internal ReadOnlySpan<byte> Of(long seq)
    {
        Utf8Formatter.TryFormat(seq, _id.AsSpan(RunLength + 1), out var digits);
        return _id.AsSpan(0, RunLength + 1 + digits);
    }

    /// <summary>Numbers may be given again from here on: after a rollback, or on a new file.</summary>
    internal void Renew()
    {
        // A version 4 UUID is random but for six bits; its thirteenth digit is the version.
        var random = Guid.NewGuid().ToString("N").Remove(12, 1);
        Encoding.ASCII.GetBytes(random, 0, RunLength, _id, 0);
        _id[RunLength] = (byte)'-';
    }
}
