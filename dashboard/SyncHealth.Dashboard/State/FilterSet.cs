using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.State;

/// <summary>The filters of a page, without order or repeats. Two sets with the same filters are equal, so that their viewers share one poller.</summary>
public sealed class FilterSet : IEquatable<FilterSet>
{
    /// <summary>More than anybody clicks together; bounds what an address can ask of the database.</summary>
    private const int MaxFilters = 30;

    /// <summary>Ingest cuts dimension values well below this.</summary>
    private const int MaxValueLength = 200;

    /// <summary>Ingest replaces it and Postgres refuses it: no value holds one.</summary>
    private const char Nul = '\0';

    public static readonly FilterSet Empty = new([]);

    private FilterSet(IReadOnlyList<DimensionFilter> filters) => Filters = filters;

    public IReadOnlyList<DimensionFilter> Filters { get; }

    public bool IsEmpty => Filters.Count == 0;

    public static FilterSet Of(IEnumerable<DimensionFilter> filters) => new([.. filters
        .Where(filter => Dimension.FindAny(filter.Dimension) is not null && filter.Value.Length <= MaxValueLength && !filter.Value.Contains(Nul))
        .Distinct()
        .OrderBy(filter => filter.Dimension, StringComparer.Ordinal).ThenBy(filter => filter.Value, StringComparer.Ordinal)
        .Take(MaxFilters)]);

    /// <summary>Reads <c>dimension:value</c>; what is no core dimension is left out.</summary>
    public static FilterSet Parse(IEnumerable<string?> texts) => Of(Read(texts).Where(filter => Dimension.Find(filter.Dimension) is not null));

    /// <summary>Reads <c>dimension:value</c> of any dimension; what is none is left out.</summary>
    public static FilterSet ParseAny(IEnumerable<string?> texts) => Of(Read(texts));

    public IEnumerable<string> Format() => Filters.Select(filter => $"{filter.Dimension}:{filter.Value}");

    public bool Contains(DimensionFilter filter) => Filters.Contains(filter);

    public IEnumerable<string> ValuesOf(Dimension dimension) => Filters.Where(filter => filter.Dimension == dimension.Name).Select(filter => filter.Value);

    public FilterSet Toggle(DimensionFilter filter) => Contains(filter) ? Of(Filters.Where(other => other != filter)) : Of([.. Filters, filter]);

    /// <summary>Narrows to <paramref name="segment"/>: other values of its dimensions go.</summary>
    public FilterSet Narrow(IReadOnlyList<DimensionFilter> segment) =>
        Of([.. Filters.Where(filter => segment.All(other => other.Dimension != filter.Dimension)), .. segment]);

    public bool Equals(FilterSet? other) => other is not null && Filters.SequenceEqual(other.Filters);

    public override bool Equals(object? obj) => Equals(obj as FilterSet);

    public override int GetHashCode() => Filters.Aggregate(0, HashCode.Combine);

    /// <summary>The name of a tag holds a colon of its own: <c>tag:cohort:beta</c>.</summary>
    private static IEnumerable<DimensionFilter> Read(IEnumerable<string?> texts) =>
        from text in texts
        where text is not null
        let name = text.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal) ? Dimensions.TagPrefix.Length : 0
        let colon = text.IndexOf(':', name)
        where colon > 0
        select new DimensionFilter(text[..colon], text[(colon + 1)..]);
}
