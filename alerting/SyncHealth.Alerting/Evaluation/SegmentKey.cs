using System.Text.Json;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>The segment that an alert instance is about: dimensions and their values. Equal segments are equal, in whatever order they were named.</summary>
public sealed class SegmentKey : IEquatable<SegmentKey>
{
    /// <summary>The whole fleet: a rule without <c>by</c>.</summary>
    public static readonly SegmentKey Fleet = new(new Dictionary<string, string>());

    private readonly string _text;

    public SegmentKey(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal);
        _text = JsonSerializer.Serialize(Values);
    }

    /// <summary>Values by dimension, in the order of the dimensions' names.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>The segment of <paramref name="dimensions"/> with the values in the same order.</summary>
    public static SegmentKey Of(IReadOnlyList<string> dimensions, IReadOnlyList<string> values) =>
        dimensions.Count == 0 ? Fleet : new(dimensions.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second));

    /// <summary>The same segment without a dimension.</summary>
    public SegmentKey Without(string dimension) => new(Values.Where(pair => pair.Key != dimension).ToDictionary());

    public bool Equals(SegmentKey? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as SegmentKey);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>JSON, for logs and tests.</summary>
    public override string ToString() => _text;
}
