using System.Collections.Immutable;
using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>A set that only grows: a merge is the union (RR-7506, specification 11). For what is never taken back: read receipts, acknowledged alarms.</summary>
public sealed class GSet : IReplicated<GSet>
{
    private readonly ImmutableSortedSet<string> _items;

    private GSet(ImmutableSortedSet<string> items) => _items = items;

    /// <inheritdoc/>
    public static GSet Empty { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public static ConflictStrategy Strategy => ConflictStrategy.Crdt;

    /// <summary>What is in it, in ordinal order.</summary>
    public IReadOnlyList<string> Items => [.. _items];

    /// <summary>Adds an item.</summary>
    public GSet Add(string item) => new(_items.Add(item));

    /// <inheritdoc/>
    public GSet Merge(GSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new GSet(_items.Union(other._items));
    }

    /// <inheritdoc/>
    public string Encode() => JsonSerializer.Serialize(_items, ReplicatedJson.Default.IReadOnlyListString);

    /// <inheritdoc/>
    public static bool TryDecode(string text, out GSet state)
    {
        state = Empty;
        if (ReplicatedJson.Read(text, ReplicatedJson.Default.IReadOnlyListString) is not { } items || items.Contains(null!))
            return false;
        state = new GSet(Empty._items.Union(items));
        return true;
    }
}
