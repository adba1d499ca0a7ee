using System.Runtime.CompilerServices;

namespace SyncHealth.Statistics;

/// <summary>The checks that every method here makes of its arguments.</summary>
internal static class Probability
{
    public static void ThrowIfNotInside(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value is > 0 and < 1))
            throw new ArgumentOutOfRangeException(name, value, "Must lie strictly between 0 and 1.");
    }

    public static void ThrowIfNotCounts(long part, long whole, [CallerArgumentExpression(nameof(part))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, whole, name);
    }
}
