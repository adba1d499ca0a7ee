namespace SyncHealth.Statistics.Strata;

/// <summary>An estimated difference of two arms, treated − control.</summary>
/// <param name="Value">The difference.</param>
/// <param name="Variance">Its variance with the device as the unit.</param>
/// <param name="TreatedVariance">The part of it that more treated devices would shrink.</param>
/// <param name="TreatedDevices">Devices behind the treated arm.</param>
/// <param name="ControlDevices">Devices behind the control arm.</param>
/// <remarks>The variance of <see cref="StratifiedDifference"/>; its clock as in Waudby-Smith and others (2024), arXiv:2103.06476.</remarks>
public readonly record struct Difference(double Value, double Variance, double TreatedVariance, long TreatedDevices, long ControlDevices)
{
    /// <summary>The standard error.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>Devices of both arms: the clock of the confidence sequence.</summary>
    public long Devices => TreatedDevices + ControlDevices;
}
