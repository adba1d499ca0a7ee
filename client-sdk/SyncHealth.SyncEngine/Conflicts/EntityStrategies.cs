using System.Diagnostics.CodeAnalysis;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>Who settles conflicts of which entity. There is no default: how much of a person's work may be lost is for the app to say.</summary>
public sealed class EntityStrategies
{
    private readonly SortedDictionary<string, IConflictStrategy> _strategies = new(StringComparer.Ordinal);

    /// <summary>The strategy of an entity.</summary>
    /// <exception cref="KeyNotFoundException">None is declared.</exception>
    public IConflictStrategy this[string entity]
    {
        get => TryFind(entity, out var strategy) ? strategy : throw new KeyNotFoundException($"No conflict strategy is declared for '{entity}'.");
        set => _strategies[entity] = value;
    }

    /// <summary>The strategy of an entity, if one is declared.</summary>
    public bool TryFind(string entity, [NotNullWhen(true)] out IConflictStrategy? strategy) => _strategies.TryGetValue(entity, out strategy);

    /// <summary>Those of some entities that have no strategy, each once, in order.</summary>
    public IReadOnlyList<string> MissingOf(IEnumerable<string> entities) =>
        [.. entities.Where(entity => !_strategies.ContainsKey(entity)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
