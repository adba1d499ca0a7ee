using System.Text;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Spoils bytes as a fuzzer does: one to eight changes of one input, by bytes, tokens, lengths, depth, repetition and splicing.</summary>
internal sealed class Mutator(Random random)
{
    private const int MaxChanges = 8;

    /// <summary>Inputs do not grow beyond this, so that a run is many inputs and not a few large ones.</summary>
    private const int MaxBytes = 16 * 1024;

    private static readonly byte[][] Tokens =
    [
        .. ValueCorpus.Values.Select(Encoding.UTF8.GetBytes).Where(token => token.Length < 100),
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\", "events", "\"events\":[", "\"resource\":{", "\"sentAt\":", "null", "intValue", "kvlistValue" }.Select(Encoding.UTF8.GetBytes),
        // Varints and tags of protobuf: the largest, the overlong, groups, lengths that lie.
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x00], [0x0B], [0x0C], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x00], [0xFF], [0x7F],
    ];

    public byte[] Mutate(byte[] input, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(input);
        for (var change = random.Next(1, MaxChanges + 1); change > 0; change--)
            Change(bytes, others);
        return bytes.Count <= MaxBytes ? [.. bytes] : [.. bytes.Take(MaxBytes)];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> others)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 4: bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
            case 5: ReplaceNumber(bytes, at); break;
            case 6: bytes.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(2, 50)).SelectMany(token => token).Take(500)); break;
            case 7: Splice(bytes, at, others[random.Next(others.Count)]); break;
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }
    }

    /// <summary>Puts one of the numbers or texts of the corpus where the next number stands.</summary>
    private void ReplaceNumber(List<byte> bytes, int at)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at]))
            at++;
        var end = at;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
            end++;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
    }

    private void Splice(List<byte> bytes, int at, byte[] other)
    {
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
    }
}
