namespace SyncHealth.Storage.Vitals;

/// <summary>Ordinal, but runs of digits by value: 2.9.1 comes before 2.10.0. (The framework's numeric ordering does nothing under invariant globalization.)</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        while (left.Length > 0 && right.Length > 0)
        {
            var first = Take(ref left);
            var second = Take(ref right);
            if (CompareParts(first, second) is not 0 and var order)
                return order;
        }

        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    /// <summary>Cuts off the first run of digits, or the first other character.</summary>
    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        var length = Math.Max(1, digits < 0 ? rest.Length : digits);
        var part = rest[..length];
        rest = rest[length..];
        return part;
    }

    private static int CompareParts(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (!char.IsAsciiDigit(first[0]) || !char.IsAsciiDigit(second[0]))
            return first.SequenceCompareTo(second);
        first = first.TrimStart('0');
        second = second.TrimStart('0');
        return first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
    }
}
