using System.Text;

namespace SyncHealth.Ingest.Intake;

/// <summary>Finds the value of a short UTF-8 name without making a string of it. Built once, then only read.</summary>
internal sealed class Utf8Names<T>
    where T : struct
{
    private readonly (byte[]? Name, T Value)[] _slots;
    private readonly int _mask;

    public Utf8Names(IEnumerable<(string Name, T Value)> names)
    {
        var all = names.ToArray();
        _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)all.Length * 4) - 1;
        _slots = new (byte[]?, T)[_mask + 1];
        foreach (var (name, value) in all)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var slot = Slot(bytes);
            while (_slots[slot].Name is not null)
                slot = (slot + 1) & _mask;
            _slots[slot] = (bytes, value);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> name, out T value)
    {
        if (!name.IsEmpty)
        {
            for (var slot = Slot(name); _slots[slot].Name is { } candidate; slot = (slot + 1) & _mask)
            {
                if (!name.SequenceEqual(candidate))
                    continue;
                value = _slots[slot].Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private int Slot(ReadOnlySpan<byte> name) =>
        ((name.Length * 7) + (name[0] * 31) + (name[name.Length >> 1] * 131) + (name[^1] * 17)) & _mask;
}
