using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace SyncHealth.Storage.Vitals;

/// <summary>Conflicts by the wire name of their strategy, without those that none had: a dictionary of a few bytes, since most of many thousand points have one.</summary>
/// <param name="counts">Of lww, crdt, merge, ot, manual, unresolved and unknown, in this order.</param>
internal sealed class ConflictCounts(params long[] counts) : IReadOnlyDictionary<string, long>
{
    private static readonly string[] Names = ["lww", "crdt", "merge", "ot", "manual", "unresolved", "unknown"];

    public static readonly ConflictCounts None = new(new long[Names.Length]);

    public int Count => counts.Count(count => count > 0);

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<long> Values => this.Select(pair => pair.Value);

    public long this[string key] => TryGetValue(key, out var count) ? count : throw new KeyNotFoundException($"No conflict had the strategy '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out long value)
    {
        var place = Array.IndexOf(Names, key);
        value = place < 0 ? 0 : counts[place];
        return value > 0;
    }

    public IEnumerator<KeyValuePair<string, long>> GetEnumerator()
    {
        for (var place = 0; place < Names.Length; place++)
            if (counts[place] > 0)
                yield return new KeyValuePair<string, long>(Names[place], counts[place]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
