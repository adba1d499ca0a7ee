using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Devices on each release over time.</summary>
public static class AdoptionChart
{
    private static readonly (TimeRange Range, TimeSpan Step)[] Steps =
    [
        (TimeRange.QuarterHour, TimeSpan.FromMinutes(1)), (TimeRange.Hour, TimeSpan.FromMinutes(5)), (TimeRange.SixHours, TimeSpan.FromMinutes(15)), (TimeRange.Day, TimeSpan.FromHours(1)),
        (TimeRange.Week, TimeSpan.FromHours(6)),
    ];

    /// <summary>Width of a point: wide enough that most devices sync within it, or the lines would show who syncs and not who runs what.</summary>
    public static TimeSpan StepOf(TimeRange range) => Steps.First(entry => entry.Range == range).Step;

    /// <summary>A version without its build.</summary>
    public static string VersionOf(string version) => version.Split('+', 2)[0];

    /// <param name="points">All devices of each point, in order of time.</param>
    /// <param name="groups">The same by version or by tag.</param>
    /// <param name="releases">Names in natural order: a release keeps its colour while others come and go.</param>
    public static ChartModel Build(
        ReleasesState state, IReadOnlyList<VitalsPoint> points, IReadOnlyList<VitalsGroup> groups, IReadOnlyList<string> releases, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(points);
        var devices = groups.SelectMany(group => group.Points, (group, point) => (Name: NameOf(state.Kind, group), point.At, point.Devices)).ToLookup(point => (point.Name, point.At), point => point.Devices);
        var busiest = releases.Select((name, position) => (Name: name, Position: position, Devices: points.Sum(point => devices[(name, point.At)].Sum() ?? 0)))
            .Where(release => release.Devices > 0).OrderByDescending(release => release.Devices).Take(ChartPalette.MaxSeries).OrderBy(release => release.Position).ToArray();
        var series = busiest.Select(release => new ChartSeries(
            SegmentWords.Value(release.Name), ChartPalette.Color(release.Position), ChartPalette.Dash(release.Position), [.. points.Select(point => (double?)devices[(release.Name, point.At)].Sum())])).ToArray();
        var spec = TimeChart.Over(points, StepOf(state.Range), now, ChartKind.Line, ChartUnit.Devices, series) with { Min = 0 };
        return new ChartModel("adoption", "Adoption", $"devices with an attempt, every {Quantity.Age(StepOf(state.Range).TotalSeconds)}", spec, $"No device synced in the {state.Range.Words}.");
    }

    private static string NameOf(ReleaseKind kind, VitalsGroup group)
    {
        var name = group.By.Values.FirstOrDefault() ?? "";
        return kind == ReleaseKind.Version ? VersionOf(name) : name;
    }
}
