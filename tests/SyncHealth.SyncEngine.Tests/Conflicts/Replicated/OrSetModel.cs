using System.Collections.Immutable;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

/// <summary>An observed-remove set by its definition: additions with unique tags, and the tags that removals have seen. Nothing is ever forgotten.</summary>
internal sealed record OrSetModel(ImmutableHashSet<(string Item, int Tag)> Added, ImmutableHashSet<(string Item, int Tag)> Removed)
{
    public static OrSetModel Empty { get; } = new([], []);

    public IEnumerable<string> Items => Added.Except(Removed).Select(addition => addition.Item).Distinct().Order(StringComparer.Ordinal);

    public OrSetModel Add(string item, int tag) => this with { Added = Added.Add((item, tag)) };

    public OrSetModel Remove(string item) => this with { Removed = Removed.Union(Added.Where(addition => addition.Item == item)) };

    public OrSetModel Merge(OrSetModel other) => new(Added.Union(other.Added), Removed.Union(other.Removed));
}
