using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Says what Explore looks at and how it changed.</summary>
public static class ExploreWords
{
    /// <summary>"app version 2.5.0, network cellular or Wi-Fi"</summary>
    public static string Segment(IReadOnlyList<DimensionFilter> filters) => filters.Count == 0
        ? "all syncs"
        : string.Join(", ", filters.GroupBy(filter => filter.Dimension, StringComparer.Ordinal)
            .Select(group => $"{Dimension.FindAny(group.Key)!.Spoken} {string.Join(" or ", group.Select(filter => Group(group.Key, filter.Value)))}"));

    /// <summary>A group's value: an attempt that names no error is not one of an unknown error.</summary>
    public static string Group(string dimension, string value) =>
        value.Length == 0 && dimension == Dimension.ErrorKind.Name ? "no error named" : SegmentWords.Value(value);

    /// <summary>The value with its unit, as the tile of its vital sign writes it.</summary>
    public static string Format(Metric metric, double? value) => (value, metric.Sign) switch
    {
        (null, _) => "–",
        ({ } number, { } sign) => SignWords.Format(sign, number),
        ({ } number, null) => ChartTable.Format(metric.Unit, number),
    };

    /// <summary>The change from <paramref name="before"/>: rates in points, everything else in its unit.</summary>
    public static TileChange Change(Metric metric, double? now, double? before)
    {
        if (now is not { } value || before is not { } old)
            return new TileChange(Trend.Unknown, "nothing to compare with", false);
        var text = Quantity.Change(value - old, magnitude => metric.Unit == ChartUnit.Percent
            ? Quantity.Number(magnitude, 1) + "\u00A0pts"
            : ChartTable.Format(metric.Unit, magnitude));
        if (text.StartsWith('±'))
            return new TileChange(Trend.Same, "unchanged", false);
        var rose = value > old;
        return new TileChange(metric.MoreIs == MoreIs.Neither ? Trend.Same : rose == (metric.MoreIs == MoreIs.Better) ? Trend.Better : Trend.Worse, text, rose);
    }

    /// <summary>An error as people read it: <c>timeout · http_504</c>, and once where the code repeats the kind.</summary>
    public static string Error(string kind, string code) => (kind, code) switch
    {
        ("", "") => "not reported",
        ("", _) => code,
        (_, "") => kind,
        _ when code == kind => kind,
        _ => $"{kind} · {code}",
    };
}
