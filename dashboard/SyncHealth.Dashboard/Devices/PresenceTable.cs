using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Who is still there, ready to be drawn: states of all devices, and each release by its coverage.</summary>
/// <param name="Counts">Active, late, silent and gone.</param>
/// <param name="Releases">The newest first, at most <see cref="MaxReleases"/>.</param>
/// <param name="Hidden">Releases beyond them.</param>
public sealed record PresenceTable(IReadOnlyList<PresenceCount> Counts, IReadOnlyList<PresenceLine> Releases, int Hidden)
{
    /// <summary>How recent a report or a success has to be: people look at their devices once a day.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(1);

    /// <summary>Rows that are read; older releases are a filter away.</summary>
    private const int MaxReleases = 8;

    /// <summary>Below it most of what a release does is unseen.</summary>
    private const double ThinCoverage = 50;

    /// <param name="groups">By <c>app_version</c>, in natural order.</param>
    /// <param name="state">What the page is asked for; the lists behind the numbers keep its filters.</param>
    public static PresenceTable Of(IReadOnlyList<PresenceGroup> groups, DevicesState state)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(state);
        var expected = groups.Where(group => group.Expected > 0).Reverse().ToArray();
        return new PresenceTable(
            [
                Count("active", "Active", groups.Sum(group => group.Active), "silent no longer than they are used to", state.Showing(DeviceShow.All)),
                Count("late", "Late", groups.Sum(group => group.Late), "for up to twice as long", state.Showing(DeviceShow.Late)),
                Count("silent", "Silent", groups.Sum(group => group.Silent), "for longer than that", state.Showing(DeviceShow.Silent)),
                Count("gone", "Gone", groups.Sum(group => group.Gone), "uninstalled, most likely; not expected any more", state.Showing(DeviceShow.Gone)),
            ],
            [.. expected.Take(MaxReleases).Select(group => Line(group, state))], Math.Max(0, expected.Length - MaxReleases));
    }

    private static PresenceCount Count(string id, string name, long count, string meaning, DevicesState list) =>
        new(id, name, Quantity.Count(count), meaning, list.ToAddress());

    private static PresenceLine Line(PresenceGroup group, DevicesState state)
    {
        const string Dimension = "app_version";
        var version = group.By[Dimension];
        var narrowed = state with { Filters = DeviceFilters.Of([.. state.Filters.Filters.Where(filter => filter.Dimension != Dimension), new DimensionFilter(Dimension, version)]) };
        return new PresenceLine(
            SegmentWords.Value(version), Quantity.Count(group.Expected), $"{Share(group.Coverage)} ({Quantity.Count(group.Reporting)})",
            Share(group.FreshnessOfReporting), Share(group.Freshness), group.Coverage < ThinCoverage, narrowed.Showing(DeviceShow.Silent).ToAddress());
    }

    /// <summary>A device can have synced and not be heard of since: never above 100 %.</summary>
    private static string Share(double? percent) => percent is { } value ? Quantity.Percent(Math.Min(100, value)) : "–";
}
