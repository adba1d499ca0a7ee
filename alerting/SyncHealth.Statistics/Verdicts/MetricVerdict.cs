using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>The verdict on one metric, with everything behind it.</summary>
public sealed record MetricVerdict
{
    /// <summary>The metric.</summary>
    public required VerdictMetric Metric { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How the difference was found.</summary>
    public required VerdictMethod Method { get; init; }

    /// <summary>The release's sums over all strata: rates per attempt and per device, attempts, devices.</summary>
    public required DeviceSums Release { get; init; }

    /// <summary>The baseline's.</summary>
    public required DeviceSums Baseline { get; init; }

    /// <summary>Release − baseline, adjusted for strata; null where there are too few devices.</summary>
    public double? Difference { get; init; }

    /// <summary>The interval of <see cref="Difference"/>, valid at every look.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The p-value of "no difference", valid at every look; 1 where nothing can be said.</summary>
    public double P { get; init; } = 1;

    /// <summary>ln of the e-value behind <see cref="P"/>.</summary>
    public double LogEvidence { get; init; }

    /// <summary>How much worse still counts as not worse.</summary>
    public required double Margin { get; init; }

    /// <summary>The same comparison in the days before the upgrade; excludes 0 when the arms were never alike. Null where it could not be made.</summary>
    public Interval? Placebo { get; init; }

    /// <summary>p-value of "the same difference in every stratum"; below 0.05 read the segments, not this number.</summary>
    public double HeterogeneityP { get; init; } = 1;

    /// <summary>About how many more devices the release needs until this decides, both arms growing alike; null where it has decided or no number would do.</summary>
    public long? DevicesNeeded { get; init; }

    /// <summary>Whether the arms differed before the upgrade.</summary>
    /// <remarks>A placebo in time: Abadie, Diamond and Hainmueller (2015), American Journal of Political Science 59:495, here by the interval of <see cref="Sequential.ConfidenceSequence"/>.</remarks>
    public bool IsConfounded => Placebo is { } placebo && (placebo.Low > 0 || placebo.High < 0);
}
