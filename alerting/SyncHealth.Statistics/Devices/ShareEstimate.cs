namespace SyncHealth.Statistics.Devices;

/// <summary>A share over devices and how sure it is.</summary>
/// <param name="Share">Events / attempts.</param>
/// <param name="Variance">Its variance with the device as the unit.</param>
/// <param name="NaiveVariance">What its variance would be if attempts were independent.</param>
/// <remarks>Deng, Knoblich and Lu (2018), KDD, arXiv:1803.06336, section 3.</remarks>
public readonly record struct ShareEstimate(double Share, double Variance, double NaiveVariance)
{
    /// <summary>The standard error with the device as the unit.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>How many times fewer independent attempts these are worth; 1 where all attempts ended alike.</summary>
    /// <remarks>Kish (1965), Survey Sampling, section 8.2: the design effect.</remarks>
    public double DesignEffect => NaiveVariance == 0 ? 1 : Variance / NaiveVariance;
}
