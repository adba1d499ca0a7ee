using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SyncHealth.Storage.Vitals;

/// <summary>
/// A set of devices: exact to <see cref="MaxExact"/>, a HyperLogLog above. Encoded as joined device keys and joined registers, so that joining two
/// encodings merges them. The same set has the same count however it was put together. SQL's twin is <c>synchealth.device_set_count</c>.
/// </summary>
public sealed class DeviceSet
{
    /// <summary>Devices up to which a count is exact.</summary>
    public const int MaxExact = 1_000;

    /// <summary>Standard error of the estimate is 1.04 / √registers = 1.6 %.</summary>
    public const int Registers = 1 << RegisterBits;

    /// <summary>Bytes of one device key.</summary>
    public const int KeyBytes = sizeof(long);

    private const int RegisterBits = 12;
    private const int RankBits = 64 - RegisterBits;

    private readonly HashSet<ulong> _keys = [];
    private byte[]? _registers;

    /// <summary>Distinct devices.</summary>
    public long Count => _registers is null ? _keys.Count : Estimate(_registers);

    /// <summary>Adds joined encodings.</summary>
    /// <exception cref="FormatException">A length is no multiple of a key, or of a HyperLogLog.</exception>
    public void Merge(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> registers)
    {
        if (keys.Length % KeyBytes != 0 || registers.Length % Registers != 0)
            throw new FormatException($"{keys.Length} bytes of keys and {registers.Length} of registers are no device set.");
        for (; registers.Length > 0; registers = registers[Registers..])
            Merge(registers[..Registers]);
        for (; keys.Length > 0; keys = keys[KeyBytes..])
            Add(BinaryPrimitives.ReadUInt64BigEndian(keys));
    }

    /// <summary>The shortest encoding: keys ascending, or registers alone.</summary>
    public (byte[] Keys, byte[] Registers) Encode()
    {
        if (_registers is { } registers)
            return ([], [.. registers]);
        var keys = new byte[_keys.Count * KeyBytes];
        var position = 0;
        foreach (var key in _keys.Order())
        {
            BinaryPrimitives.WriteUInt64BigEndian(keys.AsSpan(position), key);
            position += KeyBytes;
        }

        return (keys, []);
    }

    /// <summary>The shortest encoding of joined ones.</summary>
    internal static (byte[] Keys, byte[] Registers) Compacted(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> registers)
    {
        var set = new DeviceSet();
        set.Merge(keys, registers);
        return set.Encode();
    }

    /// <summary>Devices in joined encodings.</summary>
    internal static long CountOf(byte[] keys, byte[] registers)
    {
        var set = new DeviceSet();
        set.Merge(keys, registers);
        return set.Count;
    }

    private void Add(ulong key)
    {
        if (_registers is { } registers)
            Raise(registers, key);
        else if (_keys.Add(key) && _keys.Count > MaxExact)
            Estimated();
    }

    private void Merge(ReadOnlySpan<byte> registers)
    {
        var own = MemoryMarshal.Cast<byte, Vector<byte>>(Estimated().AsSpan());
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(registers);
        for (var i = 0; i < own.Length; i++)
            own[i] = Vector.Max(own[i], others[i]);
    }

    private byte[] Estimated()
    {
        if (_registers is { } known)
            return known;
        _registers = new byte[Registers];
        foreach (var key in _keys)
            Raise(_registers, key);
        _keys.Clear();
        return _registers;
    }

    /// <summary>A device key is a hash already: its first bits choose the register, the position of the first 1 in the others is the rank.</summary>
    private static void Raise(byte[] registers, ulong key)
    {
        var rank = (byte)Math.Min(BitOperations.LeadingZeroCount(key << RegisterBits) + 1, RankBits + 1);
        ref var register = ref registers[key >> RankBits];
        register = Math.Max(register, rank);
    }

    /// <summary>
    /// Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (arxiv.org/abs/1702.01284), algorithm 6: no thresholds, no bias tables.
    /// The same operations in the same order as <c>synchealth.device_estimate</c>, so that both round to the same number.
    /// </summary>
    private static long Estimate(byte[] registers)
    {
        var counts = new long[RankBits + 2];
        foreach (var value in registers)
            counts[value]++;
        var total = Registers * Tau(1 - ((double)counts[RankBits + 1] / Registers));
        for (var rank = RankBits; rank >= 1; rank--)
            total = 0.5 * (total + counts[rank]);
        total += Registers * Sigma((double)counts[0] / Registers);
        return (long)Math.Floor(((double)Registers * Registers / (2 * Math.Log(2) * total)) + 0.5);
    }

    /// <summary>For the registers that are full: the part of 52 zeros and more.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        double y = 1, z = 1 - x, last;
        do
        {
            x = Math.Sqrt(x);
            last = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != last);
        return z / 3;
    }

    /// <summary>For the registers that are empty; infinite when all are.</summary>
    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        double y = 1, z = x, last;
        do
        {
            x *= x;
            last = z;
            z += x * y;
            y += y;
        }
        while (z != last);
        return z;
    }
}
