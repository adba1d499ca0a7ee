namespace SyncHealth.Dashboard.Health;

/// <summary>Where a vital sign stops being good (<paramref name="Target"/>) and where it is poor (<paramref name="Critical"/>), in the sign's own unit.</summary>
/// <remarks>The order of the two says the direction: a critical below the target means that less is worse.</remarks>
public readonly record struct BandLimits(double Target, double Critical)
{
    public bool LessIsWorse => Critical < Target;

    /// <summary>The band of <paramref name="value"/>; a value on a limit is still on its good side.</summary>
    public Band Judge(double value)
    {
        if (LessIsWorse)
            return value < Critical ? Band.Poor : value < Target ? Band.NeedsAttention : Band.Good;
        return value > Critical ? Band.Poor : value > Target ? Band.NeedsAttention : Band.Good;
    }
}
