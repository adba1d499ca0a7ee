namespace SyncHealth.Dashboard.Devices;

/// <summary>The time zone that a letter speaks in.</summary>
public static class CustomerZone
{
    /// <summary>Zones with a name of the IANA database, for the list to choose from.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Order(StringComparer.Ordinal)];

    /// <summary>The zone of this name; UTC when there is none.</summary>
    public static TimeZoneInfo Find(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
