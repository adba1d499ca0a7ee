using SyncHealth.Statistics.Distributions;

namespace SyncHealth.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class StandardNormal
{
    /// <summary>Within this distance of the median one rational function serves; outside it the tails have their own.</summary>
    private const double CentralHalfWidth = 0.425;

    /// <summary>Tail boundary of the second and third rational function, in <c>sqrt(-ln p)</c>.</summary>
    private const double TailBoundary = 5.0;

    // Algorithm AS 241; coefficients from the highest power down.
    private static readonly double[] CentralOver = [2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0];
    private static readonly double[] CentralUnder = [5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0];
    private static readonly double[] NearOver = [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0];
    private static readonly double[] NearUnder = [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0];
    private static readonly double[] FarOver = [2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0];
    private static readonly double[] FarUnder = [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0];

    /// <summary>The value below which a share of <paramref name="probability"/> lies, to about 16 digits.</summary>
    /// <remarks>Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37:477.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not strictly between 0 and 1.</exception>
    public static double Quantile(double probability)
    {
        if (!(probability is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Must lie strictly between 0 and 1.");

        var offset = probability - 0.5;
        if (Math.Abs(offset) <= CentralHalfWidth)
            return offset * Ratio(CentralOver, CentralUnder, (CentralHalfWidth * CentralHalfWidth) - (offset * offset));

        var tail = Math.Sqrt(-Math.Log(Math.Min(probability, 1 - probability)));
        var magnitude = tail <= TailBoundary ? Ratio(NearOver, NearUnder, tail - 1.6) : Ratio(FarOver, FarUnder, tail - TailBoundary);
        return offset < 0 ? -magnitude : magnitude;
    }

    /// <summary>The share of the distribution that lies below <paramref name="x"/>; relative precision holds far into the lower tail.</summary>
    /// <remarks>Abramowitz and Stegun (1964), 26.2.29 by way of 6.5.16: half the tail of a chi-square with one degree of freedom.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not a number.</exception>
    public static double Cumulative(double x)
    {
        var tail = IncompleteGamma.Upper(0.5, x * x / 2) / 2;
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>The two-sided p-value of a difference of <paramref name="z"/> standard errors, when it is looked at once.</summary>
    /// <remarks>2·Q(|z|) of Abramowitz and Stegun (1964), 26.2.3.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not a number.</exception>
    public static double TwoSidedP(double z) => 2 * Cumulative(-Math.Abs(z));

    private static double Ratio(double[] over, double[] under, double x) => Horner(over, x) / Horner(under, x);

    private static double Horner(double[] coefficients, double x) =>
        coefficients.Aggregate(0.0, (sum, coefficient) => (sum * x) + coefficient);
}
