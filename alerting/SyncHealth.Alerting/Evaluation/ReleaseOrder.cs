namespace SyncHealth.Alerting.Evaluation;

/// <summary>Orders release names as people count them: 2.10 after 2.9.</summary>
public sealed class ReleaseOrder : IComparer<string>
{
    public static readonly ReleaseOrder Instance = new();

    /// <summary>Compares number by number and text by text; numbers come before text, a shorter name before its extension.</summary>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (PartsOf(x ?? ""), PartsOf(y ?? ""));
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
            if (ComparePart(left[index], right[index]) is not 0 and var order)
                return order;
        return left.Count.CompareTo(right.Count);
    }

    private static int ComparePart(string left, string right)
    {
        if (!char.IsAsciiDigit(left[0]) || !char.IsAsciiDigit(right[0]))
            return char.IsAsciiDigit(left[0]) ? -1 : char.IsAsciiDigit(right[0]) ? 1 : string.CompareOrdinal(left, right);
        var (one, other) = (left.TrimStart('0'), right.TrimStart('0'));
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);
    }

    /// <summary>Runs of digits and runs of letters; what separates them is left out.</summary>
    private static List<string> PartsOf(string name)
    {
        var parts = new List<string>();
        for (var start = 0; start < name.Length;)
        {
            var end = start + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end]) == char.IsAsciiDigit(name[start]) && char.IsLetterOrDigit(name[end]) == char.IsLetterOrDigit(name[start]))
                end++;
            if (char.IsLetterOrDigit(name[start]))
                parts.Add(name[start..end]);
            start = end;
        }

        return parts;
    }
}
