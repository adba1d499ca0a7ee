using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.State;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Where releases lead to: to Explore, narrowed to a release or a part of it, beside its baseline.</summary>
/// <param name="versions">Every version that the app has sent, builds included.</param>
/// <param name="tag">The promoted tag; null where there is none.</param>
public sealed class ReleaseLinks(ReleasesState state, string app, IReadOnlyList<string> versions, string? tag)
{
    /// <summary>The address of Explore.</summary>
    /// <param name="baseline">Empty for none.</param>
    /// <param name="stratum">The part that is looked at; null for all of it.</param>
    public string Explore(string release, string baseline, Stratum? stratum = null) =>
        (ExploreState.Default(state.Range) with
        {
            App = app,
            Filters = FilterSet.Of([.. FiltersOf(release), .. FiltersOf(stratum)]),
            Against = baseline.Length == 0 ? Comparison.None : new Comparison(ComparisonKind.Segment, FilterSet.Of([.. FiltersOf(baseline), .. FiltersOf(stratum)])),
        }).ToAddress();

    private IEnumerable<DimensionFilter> FiltersOf(string release) => state.Kind switch
    {
        ReleaseKind.Tag => [new DimensionFilter(Dimensions.TagPrefix + tag, release)],
        ReleaseKind.Build => [new DimensionFilter(Dimension.AppVersion.Name, release)],
        _ => versions.Where(version => AdoptionChart.VersionOf(version) == release).DefaultIfEmpty(release).Select(version => new DimensionFilter(Dimension.AppVersion.Name, version)),
    };

    private static IEnumerable<DimensionFilter> FiltersOf(Stratum? stratum)
    {
        if (stratum is not { } part)
            yield break;
        yield return new DimensionFilter(Dimension.Os.Name, part.Os);
        yield return new DimensionFilter(Dimension.Network.Name, part.Network);
        if (part.Version.Length > 0)
            yield return new DimensionFilter(Dimension.AppVersion.Name, part.Version);
    }
}
