namespace SyncHealth.Storage.Vitals;

/// <summary>Orders and tells apart groups by their key, dimension by dimension.</summary>
internal sealed class GroupOrder : IComparer<string[]>, IEqualityComparer<string[]>
{
    public static readonly GroupOrder Instance = new();

    public int Compare(string[]? x, string[]? y)
    {
        for (var i = 0; i < Math.Min(x?.Length ?? 0, y?.Length ?? 0); i++)
            if (NaturalOrder.Instance.Compare(x![i], y![i]) is not 0 and var order)
                return order;
        return (x?.Length ?? 0) - (y?.Length ?? 0);
    }

    public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(string[] obj)
    {
        var hash = default(HashCode);
        foreach (var value in obj)
            hash.Add(value, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The dimensions as asked, with the values of one group.</summary>
    public static Dictionary<string, string> ByOf(IReadOnlyList<string> dimensions, string[] key)
    {
        var by = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < key.Length; i++)
            by[dimensions[i]] = key[i];
        return by;
    }
}
