using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// Who wrote: one replica of one document. Agents break ties, the smaller one standing first, so no two replicas may share one.
/// A replica that was restored from an old copy takes a new agent: it would give sequence numbers away twice.
/// </summary>
/// <param name="Value">Any number; drawn at random from 64 bits it collides with odds of n²/2⁶⁵ among n replicas.</param>
public readonly record struct TextAgent(ulong Value) : IComparable<TextAgent>
{
    public static bool operator <(TextAgent left, TextAgent right) => left.Value < right.Value;

    public static bool operator >(TextAgent left, TextAgent right) => left.Value > right.Value;

    public static bool operator <=(TextAgent left, TextAgent right) => left.Value <= right.Value;

    public static bool operator >=(TextAgent left, TextAgent right) => left.Value >= right.Value;

    /// <summary>The writer of a device from a start of its app on: no two starts of a device are at one tick of its clock.</summary>
    public static TextAgent Of(string device, DateTimeOffset startedAt)
    {
        var name = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{device} {startedAt.UtcTicks}"));
        return new TextAgent(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(name)));
    }

    public int CompareTo(TextAgent other) => Value.CompareTo(other.Value);
}
