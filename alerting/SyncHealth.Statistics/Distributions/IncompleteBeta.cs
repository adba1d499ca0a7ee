namespace SyncHealth.Statistics.Distributions;

/// <summary>The regularised incomplete beta function I(x; a, b): the binomial distribution and the exact interval rest on it.</summary>
/// <remarks>Continued fraction of Abramowitz and Stegun (1964), 26.5.8, evaluated as by Lentz (1976), Applied Optics 15:668.</remarks>
public static class IncompleteBeta
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;

    /// <summary>I(<paramref name="x"/>; <paramref name="a"/>, <paramref name="b"/>), rising from 0 to 1 in x.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> or <paramref name="b"/> is not positive, or <paramref name="x"/> is outside 0 to 1.</exception>
    public static double Of(double x, double a, double b)
    {
        if (!(x is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(x), x, "Must lie between 0 and 1.");
        if (x is 0 or 1)
            return x;

        var scale = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - LogGamma.Beta(a, b));
        return x < (a + 1) / (a + b + 2) ? scale * Fraction(x, a, b) / a : 1 - (scale * Fraction(1 - x, b, a) / b);
    }

    /// <summary>The probability of at most <paramref name="count"/> successes in <paramref name="trials"/>; A&amp;S 26.5.24.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> is negative, or <paramref name="probability"/> is outside 0 to 1.</exception>
    public static double BinomialAtMost(long count, long trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        return count < 0 ? 0 : count >= trials ? 1 : Of(1 - probability, trials - count, count + 1.0);
    }

    private static double Fraction(double x, double a, double b)
    {
        // The fraction settles within a few times the square root of its parameters.
        var most = 200 + (10 * Math.Sqrt(a + b));
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= most; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs((d * c) - 1) < Precision)
                break;
        }

        return value;

        void Step(double over)
        {
            d = 1 / NotZero(1 + (over * d));
            c = NotZero(1 + (over / c));
            value *= d * c;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
