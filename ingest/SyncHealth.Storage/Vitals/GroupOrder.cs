namespace SyncHealth.Storage.Vitals;

/// <summary>Orders groups by their key, digits by value: 2.10.0 comes after 2.9.1.</summary>
internal sealed class GroupOrder : IComparer<string[]>
{
    public static readonly GroupOrder Instance = new();

    public static readonly StringComparer Natural = StringComparer.Create(
        System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);

    public int Compare(string[]? x, string[]? y)
    {
        for (var i = 0; i < Math.Min(x?.Length ?? 0, y?.Length ?? 0); i++)
            if (Natural.Compare(x![i], y![i]) is not 0 and var order)
                return order;
        return (x?.Length ?? 0) - (y?.Length ?? 0);
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
