namespace SyncHealth.Statistics.Verdicts;

/// <summary>The thresholds of a verdict, each with its reason.</summary>
public static class VerdictLimits
{
    /// <summary>Devices an arm below which nothing is said: five failing syncs of six are an anecdote.</summary>
    public const int MinimumDevices = 30;

    /// <summary>Devices an arm from which the asymptotic sequence is close to exact.</summary>
    public const int AsymptoticDevices = 100;

    /// <summary>Bad attempts an arm from which it is: below, a share near 0 has no normal distribution.</summary>
    public const int AsymptoticEvents = 10;

    /// <summary>Equally busy devices that an arm's attempts must be worth for it: where one retry loop makes most attempts, the delta method calls it certainty.</summary>
    public const double AsymptoticEffectiveDevices = 30;

    /// <summary>How much success rate may be lost and still count as not worse: one point, a fifth of the five that the 95 % rule allows to fail.</summary>
    public const double SuccessMargin = 0.01;

    /// <summary>How much a bad share may grow, as a part of the baseline's: a tenth is inside the ordinary swing of a week.</summary>
    public const double RelativeMargin = 0.10;

    /// <summary>The smallest margin of a bad share: a quarter of a point. A tenth of a share near zero would be a handful of syncs and no fleet could ever show it.</summary>
    public const double SmallestMargin = 0.0025;

    /// <summary>The part of the margin below which a difference, however certain, is too small to act on: half a point of success rate.</summary>
    /// <remarks>At a half, every interval that excludes zero decides: it is worse by more than the floor, or its far end is inside the margin.</remarks>
    public const double FloorOfMargin = 0.5;

    /// <summary>The chance of a false "worse" over all looks; among segments, the share of false ones.</summary>
    public const double Alpha = 0.05;

    /// <summary>Devices at which the exact sequence is tightest: where the asymptotic one takes over.</summary>
    public const int ExactPlannedDevices = AsymptoticDevices;

    /// <summary>Share of the expected events that must have arrived before absence of failures means anything: failures arrive later than successes.</summary>
    public const double CompleteShare = 0.9;

    /// <summary>Beyond this many devices "about n more" helps nobody: no fleet gets there.</summary>
    public const long MostDevicesNeeded = 1_000_000_000;
}
