namespace SyncHealth.Fleet;

/// <summary>Distributions that the models draw from.</summary>
internal static class Draws
{
    public static double Between(this Random random, double low, double high) => low + (high - low) * random.NextDouble();

    public static TimeSpan Between(this Random random, TimeSpan low, TimeSpan high) => low + (high - low) * random.NextDouble();

    /// <summary>Exponential: the time to the next of events that do not know of each other.</summary>
    public static TimeSpan Exponential(this Random random, TimeSpan mean) => mean * -Math.Log(1 - random.NextDouble());

    /// <summary>Log-normal around a median: what times and bandwidths of networks look like.</summary>
    public static double LogNormal(this Random random, double median, double sigma)
    {
        // Box and Muller 1958.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }

    /// <summary>One of several, by weight.</summary>
    public static T Pick<T>(this Random random, params ReadOnlySpan<(T Value, double Weight)> choices)
    {
        var total = 0.0;
        foreach (var (_, weight) in choices)
            total += weight;
        var point = random.NextDouble() * total;
        foreach (var (value, weight) in choices)
        {
            point -= weight;
            if (point < 0)
                return value;
        }

        return choices[^1].Value;
    }
}
