using System.Collections.Immutable;
using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>
/// A counter that only grows: each device counts for itself, the value is the sum, a merge takes the higher count of each device
/// (RR-7506, specification 6). Two devices that count offline both count.
/// </summary>
public sealed class GCounter : IReplicated<GCounter>
{
    private readonly ImmutableSortedDictionary<string, long> _counts;

    private GCounter(ImmutableSortedDictionary<string, long> counts) => _counts = counts;

    /// <inheritdoc/>
    public static GCounter Empty { get; } = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public static ConflictStrategy Strategy => ConflictStrategy.Crdt;

    /// <summary>What all devices have counted.</summary>
    public long Value => _counts.Values.Sum();

    /// <summary>Counts on.</summary>
    /// <param name="device">Who counts.</param>
    /// <param name="by">How much, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: what only grows can be merged without loss.</exception>
    /// <exception cref="OverflowException">The device has counted more than a long holds.</exception>
    public GCounter Add(string device, long by = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        return new GCounter(_counts.SetItem(device, checked(_counts.GetValueOrDefault(device) + by)));
    }

    /// <inheritdoc/>
    public GCounter Merge(GCounter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var merged = _counts.ToBuilder();
        foreach (var (device, count) in other._counts)
            merged[device] = Math.Max(count, merged.GetValueOrDefault(device));
        return new GCounter(merged.ToImmutable());
    }

    /// <inheritdoc/>
    public string Encode() => JsonSerializer.Serialize(_counts, ReplicatedJson.Default.IReadOnlyDictionaryStringInt64);

    /// <inheritdoc/>
    public static bool TryDecode(string text, out GCounter state)
    {
        state = Empty;
        if (ReplicatedJson.Read(text, ReplicatedJson.Default.IReadOnlyDictionaryStringInt64) is not { } counts || counts.Values.Any(long.IsNegative))
            return false;
        state = new GCounter(Empty._counts.AddRange(counts));
        return true;
    }
}
