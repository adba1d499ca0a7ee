using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>One page of a list of devices.</summary>
public sealed record DeviceListQuery
{
    public required string App { get; init; }

    /// <summary>The present moment on the shared clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public DeviceShow Show { get; init; } = DeviceShow.All;

    public DeviceSort Sort { get; init; } = DeviceSort.Queue;

    /// <summary>Best first instead of worst first.</summary>
    public bool Reverse { get; init; }

    /// <summary>Properties of devices; see <see cref="Dimensions"/>.</summary>
    public IReadOnlyList<DimensionFilter> Filters { get; init; } = [];

    /// <summary>Devices before the page.</summary>
    public int Skip { get; init; }

    /// <summary>Devices of the page.</summary>
    public int Take { get; init; } = 50;
}
