using SyncHealth.Statistics.Causes;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>What systems and networks are called by people: sentences and pages say "Android over Wi-Fi" where the wire says <c>android</c> and <c>wifi</c>.</summary>
public static class SegmentNames
{
    private const string Version = "app_version";

    private static readonly Dictionary<string, string> ProperNames = new(StringComparer.Ordinal)
    {
        ["android"] = "Android",
        ["ios"] = "iOS",
        ["ipados"] = "iPadOS",
        ["macos"] = "macOS",
        ["windows"] = "Windows",
        ["linux"] = "Linux",
        ["wifi"] = "Wi-Fi",
        ["none"] = "no network",
    };

    /// <summary>A value of any dimension; <c>unknown</c> for an empty one, itself where it has no other name.</summary>
    public static string Of(string value) => string.IsNullOrEmpty(value) ? "unknown" : ProperNames.GetValueOrDefault(value, value);

    /// <summary>"Android over cellular"; "2.4.1 on Android over cellular" where the version tells strata apart.</summary>
    public static string Of(Stratum stratum) => Join(stratum.Version, [Of(stratum.Os), Of(stratum.Network)]);

    /// <summary>The same of a part of the strata: "cellular", "Android over cellular".</summary>
    public static string Of(IReadOnlyList<DimensionValue> where) => Join(
        where.FirstOrDefault(part => part.Dimension == Version).Value ?? "", where.Where(part => part.Dimension != Version).Select(part => Of(part.Value)));

    private static string Join(string version, IEnumerable<string> place) =>
        string.Join(" on ", new[] { version, string.Join(" over ", place) }.Where(part => part.Length > 0));
}
