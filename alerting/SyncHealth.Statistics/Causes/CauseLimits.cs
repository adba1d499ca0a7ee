namespace SyncHealth.Statistics.Causes;

/// <summary>The thresholds of an explanation, each with its reason.</summary>
public static class CauseLimits
{
    /// <summary>Devices a period below which a segment is not blamed, as for a verdict's segments.</summary>
    public const int MinimumDevices = Verdicts.VerdictLimits.MinimumDevices;

    /// <summary>The share of false names among the named.</summary>
    public const double Alpha = 0.05;

    /// <summary>Causes and codes named at most: what fits into an alert.</summary>
    public const int MostNamed = 3;

    /// <summary>A segment that explains less than this is not worth a line.</summary>
    public const double MinimumExplained = Adtributor.MinimumElement;

    /// <summary>The moved mix is the story when it is most of the change.</summary>
    public const double MostOfTheChange = 0.5;

    /// <summary>Devices at which the evidence is sharpest: segments are smaller than releases.</summary>
    public const long PlannedDevices = 500;
}
