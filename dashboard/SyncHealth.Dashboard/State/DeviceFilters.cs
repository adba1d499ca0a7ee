using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.State;

/// <summary>Filters by properties of devices, tags and model included; without order or repeats, and equal when they hold the same.</summary>
public sealed class DeviceFilters : IEquatable<DeviceFilters>
{
    /// <summary>More than anybody clicks together; bounds what an address can ask of the database.</summary>
    private const int MaxFilters = 30;

    /// <summary>Ingest cuts names and values well below this.</summary>
    private const int MaxTextLength = 200;

    private static readonly HashSet<string> Names = ["app_version", "os", "os_version", "network", "device_model", "environment"];

    public static readonly DeviceFilters Empty = new([]);

    private DeviceFilters(IReadOnlyList<DimensionFilter> filters) => Filters = filters;

    public IReadOnlyList<DimensionFilter> Filters { get; }

    public static DeviceFilters Of(IEnumerable<DimensionFilter> filters) => new([.. filters
        .Where(filter => IsOfDevices(filter.Dimension) && filter.Dimension.Length + filter.Value.Length <= MaxTextLength)
        .Distinct()
        .OrderBy(filter => filter.Dimension, StringComparer.Ordinal).ThenBy(filter => filter.Value, StringComparer.Ordinal)
        .Take(MaxFilters)]);

    /// <summary>Reads <c>dimension:value</c> and <c>tag:name:value</c>; what describes no device is left out.</summary>
    public static DeviceFilters Parse(IEnumerable<string?>? texts) => Of((texts ?? []).Select(Read).OfType<DimensionFilter>());

    public IEnumerable<string> Format() => Filters.Select(filter => $"{filter.Dimension}:{filter.Value}");

    public DeviceFilters Toggle(DimensionFilter filter) => Of(Filters.Contains(filter) ? Filters.Where(other => other != filter) : [.. Filters, filter]);

    public bool Equals(DeviceFilters? other) => other is not null && Filters.SequenceEqual(other.Filters);

    public override bool Equals(object? obj) => Equals(obj as DeviceFilters);

    public override int GetHashCode() => Filters.Aggregate(0, HashCode.Combine);

    private static bool IsOfDevices(string dimension) =>
        Names.Contains(dimension) || (dimension.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal) && dimension.Length > Dimensions.TagPrefix.Length);

    private static DimensionFilter? Read(string? text)
    {
        if (text is null)
            return null;
        var start = text.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal) ? Dimensions.TagPrefix.Length : 0;
        var colon = text.IndexOf(':', start);
        return colon > start ? new DimensionFilter(text[..colon], text[(colon + 1)..]) : null;
    }
}
