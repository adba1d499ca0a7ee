using System.Collections.Immutable;
using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

using Dots = ImmutableSortedDictionary<string, long>;

/// <summary>
/// An observed-remove set: whoever removes an item removes the additions it has seen, so an addition made meanwhile elsewhere stays, and what was removed
/// does not come back (RR-7506, specification 15). Removed items leave nothing behind: an addition is numbered per device, and what was seen of a device
/// but is not there any more was removed (Bieniusa and others, "An optimized conflict-free replicated set", INRIA RR-8083, 2012).
/// </summary>
public sealed class OrSet : IReplicated<OrSet>
{
    private static readonly Dots None = Dots.Empty.WithComparers(StringComparer.Ordinal);
    private readonly Dots _seen;
    private readonly ImmutableSortedDictionary<string, Dots> _items;

    private OrSet(Dots seen, ImmutableSortedDictionary<string, Dots> items) => (_seen, _items) = (seen, items);

    /// <inheritdoc/>
    public static OrSet Empty { get; } = new(None, ImmutableSortedDictionary.Create<string, Dots>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public static ConflictStrategy Strategy => ConflictStrategy.Crdt;

    /// <summary>What is in it, in ordinal order.</summary>
    public IReadOnlyList<string> Items => [.. _items.Keys];

    /// <summary>Adds an item; one that is there already is added anew, and so survives a removal that has not seen this.</summary>
    /// <param name="device">Who adds: no other device may ever have had the same name.</param>
    /// <param name="item">What.</param>
    public OrSet Add(string device, string item)
    {
        var number = _seen.GetValueOrDefault(device) + 1;
        return new OrSet(_seen.SetItem(device, number), _items.SetItem(item, None.Add(device, number)));
    }

    /// <summary>Removes an item as far as it has been seen here.</summary>
    public OrSet Remove(string item) => new(_seen, _items.Remove(item));

    /// <inheritdoc/>
    public OrSet Merge(OrSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var seen = _seen.ToBuilder();
        foreach (var (device, number) in other._seen)
            seen[device] = Math.Max(number, seen.GetValueOrDefault(device));

        var items = Empty._items.ToBuilder();
        foreach (var item in _items.Keys.Union(other._items.Keys, StringComparer.Ordinal))
        {
            var (here, there) = (_items.GetValueOrDefault(item, None), other._items.GetValueOrDefault(item, None));
            var stands = None.AddRange(here.Where(dot => Stands(dot, there, other._seen)).Union(there.Where(dot => Stands(dot, here, _seen))));
            if (!stands.IsEmpty)
                items[item] = stands;
        }

        return new OrSet(seen.ToImmutable(), items.ToImmutable());
    }

    /// <inheritdoc/>
    public string Encode() => JsonSerializer.Serialize(
        new OrSetForm(_seen, ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, _items.Select(static item => KeyValuePair.Create(item.Key, (IReadOnlyDictionary<string, long>)item.Value)))),
        ReplicatedJson.Default.OrSetForm);

    /// <inheritdoc/>
    public static bool TryDecode(string text, out OrSet state)
    {
        state = Empty;
        if (ReplicatedJson.Read(text, ReplicatedJson.Default.OrSetForm) is not { Seen: { } seen, Items: { } items } || !AreConsistent(seen, items))
            return false;
        state = new OrSet(None.AddRange(seen), Empty._items.AddRange(items.Select(static item => KeyValuePair.Create(item.Key, None.AddRange(item.Value)))));
        return true;
    }

    /// <summary>An addition stands when the other side has it too, or has not seen it: seen and not there any more is removed.</summary>
    private static bool Stands(KeyValuePair<string, long> dot, Dots there, Dots seenThere) =>
        there.GetValueOrDefault(dot.Key) == dot.Value || dot.Value > seenThere.GetValueOrDefault(dot.Key);

    private static bool AreConsistent(IReadOnlyDictionary<string, long> seen, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> items) =>
        items.Values.All(dots => dots is { Count: > 0 } && dots.All(dot => dot.Value > 0 && seen.TryGetValue(dot.Key, out var highest) && dot.Value <= highest));
}
