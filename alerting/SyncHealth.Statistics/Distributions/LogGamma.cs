namespace SyncHealth.Statistics.Distributions;

/// <summary>The logarithm of the gamma function and of what is made of it.</summary>
/// <remarks>Stirling's series after shifting the argument up: Abramowitz and Stegun (1964), 6.1.15 and 6.1.41.</remarks>
public static class LogGamma
{
    /// <summary>From here on seven terms of the series are exact to the last digits.</summary>
    private const double SeriesStart = 12;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    // B(2k) / (2k (2k - 1)) of 6.1.41, from the highest power down.
    private static readonly double[] Stirling = [1.0 / 156, -691.0 / 360_360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12];

    /// <summary>ln Γ(<paramref name="x"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive number.</exception>
    public static double Of(double x)
    {
        if (!(x > 0 && double.IsFinite(x)))
            throw new ArgumentOutOfRangeException(nameof(x), x, "Must be a positive number.");

        var product = 1.0;
        for (; x < SeriesStart; x++)
            product *= x;
        var inverse = 1 / x;
        var series = Stirling.Aggregate(0.0, (sum, term) => (sum * inverse * inverse) + term) * inverse;
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + series - Math.Log(product);
    }

    /// <summary>ln B(<paramref name="a"/>, <paramref name="b"/>), the beta function; A&amp;S 6.2.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive numbers.</exception>
    public static double Beta(double a, double b) => Of(a) + Of(b) - Of(a + b);
}
