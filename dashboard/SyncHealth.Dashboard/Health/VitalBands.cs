namespace SyncHealth.Dashboard.Health;

/// <summary>The limits of the five vital signs. The critical ones are where the shipped alert rules fire, except the success rate, whose rule fires at its target.</summary>
public sealed class VitalBands
{
    /// <summary>Percent of attempts. Default: 95 and 90.</summary>
    public BandLimits SuccessRate { get; init; } = new(95, 90);

    /// <summary>p99 in milliseconds. Default: 30 s and 60 s.</summary>
    public BandLimits Duration { get; init; } = new(30_000, 60_000);

    /// <summary>Conflicts per 100 attempts. Default: 5 and 15.</summary>
    public BandLimits ConflictRate { get; init; } = new(5, 15);

    /// <summary>p99 of the last reported depth over devices, items. Default: 200 and 1,000: above it more than 1 % of devices are over the alert's 1,000.</summary>
    public BandLimits QueueDepth { get; init; } = new(200, 1000);

    /// <summary>p90 over devices of the time since the last successful sync, seconds. Default: 6 h and 24 h.</summary>
    public BandLimits Staleness { get; init; } = new(6 * 3600, 24 * 3600);

    public BandLimits this[VitalSign sign] => sign switch
    {
        VitalSign.SuccessRate => SuccessRate,
        VitalSign.Duration => Duration,
        VitalSign.ConflictRate => ConflictRate,
        VitalSign.QueueDepth => QueueDepth,
        VitalSign.Staleness => Staleness,
        _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, "There are five vital signs."),
    };
}
