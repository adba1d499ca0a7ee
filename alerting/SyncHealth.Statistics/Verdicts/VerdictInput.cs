using SyncHealth.Statistics.Sequential;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>What a verdict is made of: a few rows of sums per stratum, whatever the size of the fleet.</summary>
/// <remarks>
/// Every sum is a whole number and merges exactly, so the verdict depends on the data alone and not on the order in which it arrived.
/// Only device-days that are complete (<see cref="VerdictLimits.CompleteShare"/>) belong in the sums; the rest waits and shows in <see cref="ArrivedShare"/>.
/// The first sync after an upgrade (it migrates) is left out.
/// </remarks>
public sealed record VerdictInput
{
    /// <summary>The release in question.</summary>
    public required string Release { get; init; }

    /// <summary>What it is held against: devices still on it in the same days.</summary>
    public required string Baseline { get; init; }

    /// <summary>Up to when, in event time, the data is counted.</summary>
    public required DateTimeOffset Watermark { get; init; }

    /// <summary>Both arms per stratum in the same days.</summary>
    public required IReadOnlyList<StratumTotals> Strata { get; init; }

    /// <summary>Both arms over all strata, each device once; null when every device is in one stratum.</summary>
    public StratumTotals? Totals { get; init; }

    /// <summary>Devices in two strata at once; empty when every device is in one.</summary>
    public IReadOnlyList<SharedDevices> Shared { get; init; } = [];

    /// <summary>The same devices in the seven days before the upgrade, both arms on old releases: no difference is expected. Empty where unknown.</summary>
    public IReadOnlyList<StratumTotals> Placebo { get; init; } = [];

    /// <summary>The devices' own changes from before to after: decides where the placebo fails. Empty where unknown.</summary>
    public IReadOnlyList<StratumChanges> Changes { get; init; } = [];

    /// <summary>How many devices have been heard of; null where unknown.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>Share of the expected events that have arrived, the waiting device-days included; 1 where nothing is learned yet.</summary>
    public double ArrivedShare { get; init; } = 1;

    /// <summary>Devices of both arms at which the intervals are tightest; fixed for a release, or the promise over all looks is lost.</summary>
    public long PlannedDevices { get; init; } = ConfidenceSequence.DefaultPlannedDevices;
}
