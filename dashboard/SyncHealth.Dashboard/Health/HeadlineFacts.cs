using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>What the headline is written from.</summary>
public sealed record HeadlineFacts
{
    public required TimeRange Range { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required VitalBands Bands { get; init; }

    /// <summary>The whole range in one row.</summary>
    public required VitalsPoint Total { get; init; }

    /// <summary>The range step by step.</summary>
    public required IReadOnlyList<VitalsPoint> Points { get; init; }

    /// <summary>The range in one row for each combination of the core dimensions.</summary>
    public required IReadOnlyList<VitalsGroup> Cells { get; init; }

    /// <summary>What explains a drop of the success rate; null where it did not drop, or nobody asked.</summary>
    public CauseAnswer? Cause { get; init; }

    /// <summary>Devices by time since their last success, for each combination of the core dimensions.</summary>
    public IReadOnlyList<DistributionGroup> StaleDevices { get; init; } = [];

    public FilterSet Filters { get; init; } = FilterSet.Empty;

    /// <summary>How fast the clock of <see cref="Now"/> runs against the wall clock.</summary>
    public double Speed { get; init; } = 1;
}
