using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>What questions about releases have in common: which names are releases, in which environment, and how far back.</summary>
internal static class ReleaseScope
{
    /// <summary>Days of a comparison at most: what a release does after a month is no news.</summary>
    private const int MostDays = 30;

    private const string Production = "production";

    /// <summary>What stands for a version that the app does not say, and for those beyond the cap on names.</summary>
    private static readonly string[] NoReleases = ["", "__other__"];

    public static bool IsRelease(string name) => !NoReleases.Contains(name);

    /// <summary>Start of the first day that is looked at.</summary>
    public static DateTime Earliest(DateTimeOffset now) => now.UtcDateTime.Date.AddDays(1 - MostDays);

    /// <summary>End of the last: an event may be some minutes ahead.</summary>
    public static DateTime Until(DateTimeOffset now) => now.UtcDateTime.Date.AddDays(1);

    /// <summary>Filters as SQL reads them, production where no environment is named.</summary>
    public static string[] FilterTexts(IReadOnlyList<DimensionFilter> filters) => Dimensions.FilterTexts(
        filters.Any(filter => filter.Dimension == "environment") ? filters : [.. filters, new DimensionFilter("environment", Production)]);

    public static string NameOf(ReleaseKind kind) => kind switch
    {
        ReleaseKind.Tag => "tag",
        ReleaseKind.Build => "build",
        _ => "version",
    };
}
