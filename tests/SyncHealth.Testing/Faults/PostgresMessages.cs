using System.Buffers.Binary;
using System.Net.Sockets;

namespace SyncHealth.Testing.Faults;

/// <summary>Splits one direction of a Postgres session into messages.</summary>
internal sealed class PostgresMessages(Socket from, bool startsUntyped)
{
    private const int LengthBytes = sizeof(int);

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _untyped = startsUntyped;

    /// <summary>The next whole message with its header, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        var header = _untyped ? LengthBytes : 1 + LengthBytes;
        if (!await FillAsync(header, cancellationToken))
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + header - LengthBytes)) + header - LengthBytes;
        if (!await FillAsync(length, cancellationToken))
            return null;
        var message = _buffer.AsMemory(_start, length);
        _start += length;
        _untyped = false;
        return message;
    }

    /// <summary>Whether a client's message runs COMMIT: as a query of its own, or prepared.</summary>
    public static bool IsCommit(ReadOnlySpan<byte> message) => message[0] switch
    {
        (byte)'Q' => message[(1 + LengthBytes)..].StartsWith("COMMIT"u8),
        (byte)'P' => message.EndsWith("\0COMMIT\0\0\0"u8),
        _ => false,
    };

    private async ValueTask<bool> FillAsync(int wanted, CancellationToken cancellationToken)
    {
        if (_start > 0 && _start + wanted > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (wanted > _buffer.Length)
            Array.Resize(ref _buffer, wanted);
        while (_end - _start < wanted)
        {
            var read = await from.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }
}
