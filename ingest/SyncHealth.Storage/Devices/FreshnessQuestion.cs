using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>How well an app keeps a promise of freshness: so many percent of its devices have synced within so long.</summary>
public sealed record FreshnessQuestion
{
    /// <summary>Name of the app.</summary>
    public required string App { get; init; }

    /// <summary>The present, on the shared clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How old the last success may be.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Percent of the devices that are to be fresh; above 0 and below 100.</summary>
    public double Objective { get; init; } = 95;

    /// <summary>The time over which the promise is kept or not.</summary>
    public TimeSpan Over { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Dimensions of devices; none for one group of all.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Which devices.</summary>
    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];

    /// <summary>Whether devices count for nothing whose last report says that they had no network.</summary>
    public bool ExcludesOffline { get; init; }
}
