using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>Everything the overview was told about one question, as it was told.</summary>
public sealed record OverviewAnswers
{
    /// <summary>The shared clock when the questions were asked, or the past moment that they look back to.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether it is a past moment. What is known for the present alone is then left out: what explains a drop, work at risk, the devices furthest behind.</summary>
    public bool IsPast { get; init; }

    /// <summary>The alerts that stood open at the past moment.</summary>
    public IReadOnlyList<AlertTransitionSummary> PastAlerts { get; init; } = [];

    public required IReadOnlyList<AppSummary> Apps { get; init; }

    /// <summary>The app that the answers are about; null when there is none, or none of the asked name.</summary>
    public AppSummary? App { get; init; }

    /// <summary>The range in one row.</summary>
    public VitalsPoint? Total { get; init; }

    /// <summary>The equally long range before it, in one row.</summary>
    public VitalsPoint? Previous { get; init; }

    /// <summary>The range step by step.</summary>
    public IReadOnlyList<VitalsPoint> Points { get; init; } = [];

    /// <summary>The range step by step for each asked group; empty without grouping.</summary>
    public IReadOnlyList<VitalsGroup> Groups { get; init; } = [];

    /// <summary>The range in one row for each combination of the core dimensions.</summary>
    public IReadOnlyList<VitalsGroup> Cells { get; init; } = [];

    /// <summary>What explains the drop of the success rate; null where it did not drop.</summary>
    public CauseAnswer? Cause { get; init; }

    public IReadOnlyList<DistributionBucket> Durations { get; init; } = [];

    /// <summary>Devices by time since their last success, for each combination of the core dimensions.</summary>
    public IReadOnlyList<DistributionGroup> Staleness { get; init; } = [];

    public IReadOnlyList<DeviceSummary> FurthestBehind { get; init; } = [];

    /// <summary>Pending items on devices that stopped moving them.</summary>
    public WorkAtRisk AtRisk { get; init; } = new();

    /// <summary>How long a write waits before it is at risk.</summary>
    public TimeSpan RiskAfter { get; init; }

    /// <summary>Deploys and incidents of the range.</summary>
    public IReadOnlyList<Marker> Markers { get; init; } = [];

    public IReadOnlyList<AlertSummary> Alerts { get; init; } = [];

    /// <summary>For how long no rule has been evaluated, when that is longer than it should be; else null.</summary>
    public TimeSpan? UnwatchedFor { get; init; }

    /// <summary>Rules whose alerts reach nobody.</summary>
    public IReadOnlyList<string> UnreachedRules { get; init; } = [];
}
