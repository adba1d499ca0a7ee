namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule may group and filter by.</summary>
public static class RuleDimensions
{
    private const string TagPrefix = "tag:";

    /// <summary>Dimensions of attempts and of devices alike. <c>outcome</c> and <c>error_kind</c> are not among them: they are what rules measure.</summary>
    private static readonly string[] Names = ["app_version", "os", "os_version", "network", "device_model"];

    /// <summary>Dimensions of an attempt only: a device has no type of sync.</summary>
    private static readonly string[] OfAttempts = ["type", "trigger"];

    /// <summary>What may be written for a metric; part of every message that refuses one.</summary>
    public static string AllowedFor(MetricTraits traits) => string.Join(", ", traits.Basis == MetricBasis.Releases ? NamesFor(traits) : NamesFor(traits).Append(TagPrefix + "NAME"));

    /// <summary>Whether a rule on the metric may use the dimension.</summary>
    public static bool IsAllowed(MetricTraits traits, string dimension) =>
        NamesFor(traits).Contains(dimension)
        || (traits.Basis != MetricBasis.Releases && dimension.StartsWith(TagPrefix, StringComparison.Ordinal) && dimension.Length > TagPrefix.Length);

    /// <summary>What a filter may be on; part of every message that refuses one.</summary>
    public static string FiltersFor(MetricTraits traits) => traits.Basis == MetricBasis.Releases ? string.Join(", ", ReleaseRule.Filters) : AllowedFor(traits);

    /// <summary>Whether a rule on the metric may count only what has one value of the dimension.</summary>
    public static bool CanFilter(MetricTraits traits, string dimension) =>
        traits.Basis == MetricBasis.Releases ? ReleaseRule.Filters.Contains(dimension) : IsAllowed(traits, dimension);

    /// <summary>The dimension of a filter <c>dimension:value</c>, or null when it is none.</summary>
    public static string? OfFilter(string filter)
    {
        var start = filter.StartsWith(TagPrefix, StringComparison.Ordinal) ? TagPrefix.Length : 0;
        var colon = filter.IndexOf(':', start);
        return colon > start ? filter[..colon] : null;
    }

    private static IEnumerable<string> NamesFor(MetricTraits traits) => traits.Basis switch
    {
        MetricBasis.Devices => Names,
        MetricBasis.Releases => ReleaseRule.Dimensions,
        _ => Names.Concat(OfAttempts),
    };
}
