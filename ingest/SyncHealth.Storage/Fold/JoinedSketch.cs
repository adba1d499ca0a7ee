using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>Encoded sketches joined end to end, which is a merge; made compact when they are long.</summary>
internal struct JoinedSketch
{
    /// <summary>Longer than this, merging pays: twice the widest sketch of units holds every bucket twice on average.</summary>
    private const int MaxJoinedBytes = 2 * DurationSketch.MaxBuckets * DurationSketch.UnitBytes;

    private byte[]? _bytes;
    private int _length;

    /// <summary>Joins one more. Takes the array over: most rows have one increment, and so one array.</summary>
    public void Add(byte[] encoded)
    {
        if (_bytes is null)
            (_bytes, _length) = (encoded, encoded.Length);
        else
            Append(encoded);
    }

    /// <summary>Joins all of another one.</summary>
    public void Add(in JoinedSketch other)
    {
        if (other._length > 0)
            Append(other._bytes.AsSpan(0, other._length));
    }

    /// <summary>The encoding to store; empty when nothing was joined.</summary>
    public readonly byte[] Encode()
    {
        if (_length > MaxJoinedBytes)
            return Sketches.Merged(_bytes.AsMemory(0, _length)).Encode();
        return _bytes is null ? [] : _length == _bytes.Length ? _bytes : _bytes[.._length];
    }

    private void Append(ReadOnlySpan<byte> encoded)
    {
        // Never into an array that was taken over: another row may hold the same one.
        if (_bytes is null || _length + encoded.Length > _bytes.Length)
        {
            var grown = new byte[Math.Max(_length * 2, _length + encoded.Length)];
            _bytes.AsSpan(0, _length).CopyTo(grown);
            _bytes = grown;
        }

        encoded.CopyTo(_bytes.AsSpan(_length));
        _length += encoded.Length;
    }
}
