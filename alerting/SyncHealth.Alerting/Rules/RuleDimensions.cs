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
    public static string AllowedFor(MetricTraits traits) => string.Join(", ", NamesFor(traits).Append(TagPrefix + "NAME"));

    /// <summary>Whether a rule on the metric may use the dimension.</summary>
    public static bool IsAllowed(MetricTraits traits, string dimension) =>
        NamesFor(traits).Contains(dimension) || (dimension.StartsWith(TagPrefix, StringComparison.Ordinal) && dimension.Length > TagPrefix.Length);

    /// <summary>The dimension of a filter <c>dimension:value</c>, or null when it is none.</summary>
    public static string? OfFilter(string filter)
    {
        var start = filter.StartsWith(TagPrefix, StringComparison.Ordinal) ? TagPrefix.Length : 0;
        var colon = filter.IndexOf(':', start);
        return colon > start ? filter[..colon] : null;
    }

    private static IEnumerable<string> NamesFor(MetricTraits traits) => traits.IsOfDevices ? Names : Names.Concat(OfAttempts);
}
