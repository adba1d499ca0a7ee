using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Health;

/// <summary>What each vital sign is called and how its numbers read.</summary>
public static class SignWords
{
    public static string Name(VitalSign sign) => sign switch
    {
        VitalSign.SuccessRate => "Sync success",
        VitalSign.Duration => "Sync duration",
        VitalSign.ConflictRate => "Conflict rate",
        VitalSign.QueueDepth => "Queue depth",
        _ => "Staleness",
    };

    /// <summary>What exactly the number on the tile is.</summary>
    public static string Measure(VitalSign sign) => sign switch
    {
        VitalSign.SuccessRate => "successful of all attempts",
        VitalSign.Duration => "p99 of all attempts",
        VitalSign.ConflictRate => "conflicts per 100 attempts",
        VitalSign.QueueDepth => "p99 over devices",
        _ => "p90 over devices",
    };

    /// <summary>What the tallies of this sign count as bad.</summary>
    public static string Bad(VitalSign sign) => sign switch
    {
        VitalSign.SuccessRate => "the failures",
        VitalSign.Duration => "the syncs over 60 s",
        VitalSign.ConflictRate => "the syncs with conflicts",
        VitalSign.QueueDepth => "the devices over 1,000",
        _ => "the stale devices",
    };

    public static string Format(VitalSign sign, double value) => sign switch
    {
        VitalSign.SuccessRate => Quantity.Percent(value),
        VitalSign.Duration => Quantity.Milliseconds(value),
        VitalSign.ConflictRate => Quantity.Number(value, 1),
        VitalSign.QueueDepth => Quantity.Of(value, "item", "items"),
        _ => Quantity.Age(value),
    };

    public static string Word(Band band) => band switch
    {
        Band.Good => "good",
        Band.NeedsAttention => "needs attention",
        Band.Poor => "poor",
        Band.TooFew => "too few to judge",
        _ => "no data",
    };
}
