using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>One vital sign as its tile shows it.</summary>
/// <param name="Value">With its unit; null when nothing was measured.</param>
/// <param name="Target">What good is: <c>target 95 %</c>.</param>
/// <param name="Details">Lines that belong beside the number, the most important first.</param>
/// <param name="Sample">Attempts and devices behind the number.</param>
public sealed record VitalTile(
    VitalSign Sign, Band Band, string? Value, string Target, TileChange Change, IReadOnlyList<double?> Spark, IReadOnlyList<string> Details, string Sample)
{
    /// <summary>The five tiles, in the order of the page.</summary>
    public static IReadOnlyList<VitalTile> All(VitalsPoint total, VitalsPoint? previous, IReadOnlyList<VitalsPoint> points, VitalBands bands) =>
        [.. Enum.GetValues<VitalSign>().Select(sign => Of(sign, total, previous, points, bands))];

    private static VitalTile Of(VitalSign sign, VitalsPoint total, VitalsPoint? previous, IReadOnlyList<VitalsPoint> points, VitalBands bands)
    {
        var value = SignMath.Value(sign, total);
        var limits = bands[sign];
        return new VitalTile(
            sign,
            SignMath.Judge(sign, total, bands),
            value is { } number ? SignWords.Format(sign, number) : null,
            (limits.LessIsWorse ? "target\u00A0≥\u00A0" : "target\u00A0≤\u00A0") + SignWords.Format(sign, limits.Target),
            TileText.Change(sign, value, previous is null ? null : SignMath.Value(sign, previous), limits.LessIsWorse),
            [.. points.Select(point => SignMath.Value(sign, point))],
            TileText.Details(sign, total),
            TileText.Sample(sign, total));
    }
}
