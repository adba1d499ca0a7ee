namespace SyncHealth.Statistics;

/// <summary>Finds the lowest point of a smooth curve on an interval: a grid finds the valley, the golden section its floor.</summary>
/// <remarks>Kiefer (1953), Proceedings of the AMS 4:502.</remarks>
internal static class GoldenSection
{
    /// <summary>Points of the grid: every function here has one valley, so its floor is next to the grid's lowest point.</summary>
    private const int GridPoints = 200;

    /// <summary>Steps of the search; each keeps 62 % of the interval, so 80 reach the last digit.</summary>
    private const int Steps = 80;

    private static readonly double Kept = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Where between <paramref name="low"/> and <paramref name="high"/> the function is smallest.</summary>
    public static double Lowest(double low, double high, Func<double, double> function)
    {
        var width = (high - low) / GridPoints;
        var best = Enumerable.Range(0, GridPoints + 1).MinBy(point => function(low + (point * width)));
        var from = low + (Math.Max(0, best - 1) * width);
        var to = Math.Min(high, low + ((best + 1) * width));
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (to - (Kept * (to - from)), from + (Kept * (to - from)));
            if (function(left) <= function(right))
                to = right;
            else
                from = left;
        }

        return (from + to) / 2;
    }
}
