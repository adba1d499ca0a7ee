namespace SyncHealth.Statistics.Distributions;

/// <summary>The regularised upper incomplete gamma function Q(a, x): the tail of the gamma, chi-square and normal distributions.</summary>
/// <remarks>Power series below x = a + 1 (Abramowitz and Stegun, 6.5.29), Legendre's continued fraction above (6.5.31), evaluated as by Lentz (1976), Applied Optics 15:668.</remarks>
public static class IncompleteGamma
{
    /// <summary>Far more than either expansion needs: both end when a term no longer changes the result.</summary>
    private const int MaxTerms = 100_000;

    private const double Tiny = 1e-300;
    private const double Precision = 1e-16;

    /// <summary>Q(<paramref name="a"/>, <paramref name="x"/>), between 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> is not positive or <paramref name="x"/> is negative.</exception>
    public static double Upper(double a, double x)
    {
        if (!(a > 0))
            throw new ArgumentOutOfRangeException(nameof(a), a, "Must be positive.");
        if (!(x >= 0))
            throw new ArgumentOutOfRangeException(nameof(x), x, "Must not be negative.");
        if (x == 0)
            return 1;
        if (double.IsPositiveInfinity(x))
            return 0;
        var scale = Math.Exp((a * Math.Log(x)) - x - LogGamma.Of(a));
        return x < a + 1 ? 1 - (scale * Series(a, x)) : scale * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < MaxTerms && term > sum * Precision; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double x)
    {
        var denominator = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / denominator;
        var value = d;
        for (var n = 1; n < MaxTerms; n++)
        {
            var over = n * (a - n);
            denominator += 2;
            d = 1 / NotZero((over * d) + denominator);
            c = NotZero(denominator + (over / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
                break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
