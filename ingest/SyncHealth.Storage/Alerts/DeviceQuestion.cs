namespace SyncHealth.Storage.Alerts;

/// <summary>Which devices to count for a rule.</summary>
public sealed record DeviceQuestion
{
    public required string App { get; init; }

    /// <summary>Devices that reported since then count.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Dimensions to count by; none for one count.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Filters <c>dimension:value</c>; the environment is one of them.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Queue depth above which a device is deep.</summary>
    public int DepthOver { get; init; }

    /// <summary>A last success before it makes a device stale; first seen counts for one that never synced.</summary>
    public required DateTimeOffset StaleBefore { get; init; }

    /// <summary>A last report before it makes a device silent.</summary>
    public required DateTimeOffset SilentBefore { get; init; }

    /// <summary>Whether devices count for nothing whose last report says that they had no network.</summary>
    public bool ExcludesOffline { get; init; }
}
