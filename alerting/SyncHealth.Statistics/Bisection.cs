namespace SyncHealth.Statistics;

/// <summary>Finds where a question changes its answer, by halving.</summary>
internal static class Bisection
{
    /// <summary>Halvings after which two doubles between 0 and 1 can no longer be told apart.</summary>
    private const int Halvings = 200;

    /// <summary>The point between <paramref name="low"/> and <paramref name="high"/> up to which <paramref name="isBelow"/> holds.</summary>
    public static double Find(double low, double high, Func<double, bool> isBelow)
    {
        for (var step = 0; step < Halvings; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            if (isBelow(middle))
                low = middle;
            else
                high = middle;
        }

        return low + ((high - low) / 2);
    }

    /// <summary>The smallest whole number above <paramref name="low"/> and up to <paramref name="high"/> at which <paramref name="holds"/>; it must hold at <paramref name="high"/> and stay once it does.</summary>
    public static long First(long low, long high, Func<long, bool> holds)
    {
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle))
                high = middle;
            else
                low = middle;
        }

        return high;
    }
}
