namespace SyncHealth.Storage.Vitals;

/// <summary>The dimensions that a question may group and filter by.</summary>
public static class Dimensions
{
    /// <summary>Prefix of a dimension that is a tag: <c>tag:cohort</c>.</summary>
    public const string TagPrefix = "tag:";

    /// <summary>The dimensions of the coarse rollups: answered over any range, on either clock, from few rows.</summary>
    public static readonly IReadOnlyList<string> Core = ["app_version", "os", "network", "environment"];

    /// <summary>What the fine rollups add, beside the app's promoted tag: answered over any range of hours of the event clock.</summary>
    public static readonly IReadOnlyList<string> Fine = ["os_version", "type", "trigger"];

    /// <summary>All names; <c>tag:NAME</c> stands for any tag.</summary>
    public static readonly IReadOnlyList<string> All =
        ["app_version", "os", "os_version", "network", "type", "trigger", "device_model", "environment", "outcome", "error_kind", TagPrefix + "NAME"];

    /// <summary>Properties of one attempt, which a device's state does not have.</summary>
    private static readonly HashSet<string> OfAttempts = ["type", "trigger", "outcome", "error_kind"];

    /// <summary>Checks the dimensions of a question.</summary>
    /// <exception cref="VitalsQueryException">One is unknown; the message names what is allowed.</exception>
    internal static void Check(VitalsQuery query)
    {
        Check("by", query.By, All);
        Check("filter", query.Filters.Select(filter => filter.Dimension), All);
    }

    /// <summary>Checks filters of devices.</summary>
    /// <exception cref="VitalsQueryException">One is no property of a device; the message names what is allowed.</exception>
    internal static void CheckDescribesDevices(IEnumerable<DimensionFilter> filters) =>
        Check("filter", filters.Select(filter => filter.Dimension), [.. All.Except(OfAttempts)]);

    /// <summary>Checks dimensions to group devices by.</summary>
    /// <exception cref="VitalsQueryException">One is no property of a device; the message names what is allowed.</exception>
    internal static void CheckDescribesDevices(IEnumerable<string> by) => Check("by", by, [.. All.Except(OfAttempts)]);

    /// <summary>Checks filters of what is known per release.</summary>
    /// <exception cref="VitalsQueryException">One is not of <see cref="Core"/>; the message names what is allowed.</exception>
    internal static void CheckCore(IEnumerable<DimensionFilter> filters)
    {
        foreach (var filter in filters)
            if (!Core.Contains(filter.Dimension))
                throw new VitalsQueryException("filter", $"Unknown dimension '{filter.Dimension}'. Allowed: {string.Join(", ", Core)}.");
    }

    /// <summary>Whether the state of a device answers every dimension of a question.</summary>
    internal static bool DescribeDevices(VitalsQuery query) => !NamesIn(query).Any(OfAttempts.Contains);

    /// <summary>Filters in the form that SQL reads: <c>dimension:value</c>.</summary>
    internal static string[] FilterTexts(IEnumerable<DimensionFilter> filters) =>
        [.. filters.Select(filter => $"{filter.Dimension}:{filter.Value}")];

    private static void Check(string parameter, IEnumerable<string> names, IReadOnlyList<string> allowed)
    {
        foreach (var name in names)
            if (!allowed.Contains(name) && !IsTag(name))
                throw new VitalsQueryException(parameter, $"Unknown dimension '{name}'. Allowed: {string.Join(", ", allowed)}.");
    }

    private static bool IsTag(string name) =>
        name.StartsWith(TagPrefix, StringComparison.Ordinal) && name.Length > TagPrefix.Length && !name.AsSpan(TagPrefix.Length).Contains(':');

    private static IEnumerable<string> NamesIn(VitalsQuery query) => query.By.Concat(query.Filters.Select(filter => filter.Dimension));
}
