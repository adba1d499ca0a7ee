using System.Text.RegularExpressions;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Time zones by their names in the IANA database, as browsers and people give them.</summary>
public static partial class TimeZones
{
    /// <summary>What a zone can be from UTC.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(14);

    /// <summary>Zones for a list to choose from.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Order(StringComparer.Ordinal)];

    /// <summary>The zone of this name; null when there is none. The framework's own search takes a name for the path of a file, so only what looks like a name gets there.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        name is not null && Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>A zone that is always this far from UTC; UTC itself where no zone can be that far.</summary>
    public static TimeZoneInfo Fixed(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero || offset.Duration() > Farthest)
            return TimeZoneInfo.Utc;
        var name = $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,31}){0,2}\z")]
    private static partial Regex Name();
}
