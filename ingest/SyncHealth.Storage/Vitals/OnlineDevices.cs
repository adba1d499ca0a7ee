namespace SyncHealth.Storage.Vitals;

/// <summary>
/// Leaves devices out that are known to be offline: the last thing they said is that they had no network. Nothing else makes offline known, for a device without a
/// network says nothing. Groups are asked by network too, and added up again without <c>none</c>.
/// </summary>
internal static class OnlineDevices
{
    private const string Network = "network";
    private const string None = "none";

    /// <summary>The dimensions to ask by.</summary>
    public static string[] Dimensions(IReadOnlyList<string> by, bool excludesOffline) => excludesOffline && !by.Contains(Network) ? [.. by, Network] : [.. by];

    /// <summary>Whether a group, asked for by <see cref="Dimensions"/>, is of devices that are not known to be offline.</summary>
    public static bool Holds(IReadOnlyList<string> by, IReadOnlyList<string> key) => key[by.IndexOf(Network) is >= 0 and var place ? place : by.Count] != None;

    /// <summary>The key of a group without the network that was only asked for to leave something out.</summary>
    public static string[] KeyOf(IReadOnlyList<string> by, IReadOnlyList<string> key) => [.. key.Take(by.Count)];

    private static int IndexOf(this IReadOnlyList<string> by, string dimension)
    {
        for (var place = 0; place < by.Count; place++)
            if (by[place] == dimension)
                return place;
        return -1;
    }
}
