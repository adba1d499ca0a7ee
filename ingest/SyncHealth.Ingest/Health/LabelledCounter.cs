using System.Collections.Frozen;

namespace SyncHealth.Ingest.Health;

/// <summary>A counter for each of a fixed set of label values, so that no input can make more of them.</summary>
internal sealed class LabelledCounter
{
    private const string Other = "other";

    private readonly FrozenDictionary<string, Counter> _counters;

    public LabelledCounter(IEnumerable<string> values) =>
        _counters = values.Append(Other).ToFrozenDictionary(value => value, _ => new Counter(), StringComparer.Ordinal);

    public IEnumerable<(string Value, long Count)> Values =>
        _counters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Value));

    public Counter this[string value] => _counters.TryGetValue(value, out var counter) ? counter : _counters[Other];
}
