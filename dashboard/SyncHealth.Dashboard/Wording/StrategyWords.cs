namespace SyncHealth.Dashboard.Wording;

/// <summary>What people call the ways in which conflicts arise and are settled.</summary>
public static class StrategyWords
{
    /// <summary>In the order of charts: wire name and words.</summary>
    public static readonly IReadOnlyList<(string Wire, string Words)> Strategies =
    [
        ("lww", "last write wins"), ("crdt", "CRDT"), ("merge", "field merge"), ("ot", "operational transform"),
        ("manual", "by hand"), ("unresolved", "unresolved"), ("unknown", "unknown"),
    ];

    /// <summary>What one side did, then the other.</summary>
    public static readonly IReadOnlyList<(string Wire, string Words)> Kinds =
    [
        ("update_update", "both changed it"), ("update_delete", "changed here, deleted there"), ("delete_update", "deleted here, changed there"),
        ("insert_insert", "both created it"), ("unique", "unique value taken"), ("unknown", "unknown"),
    ];

    /// <summary>Whose edit stayed.</summary>
    public static readonly IReadOnlyList<(string Wire, string Words)> Winners =
        [("local", "this device kept"), ("remote", "the other side kept"), ("merged", "both kept, merged"), ("unknown", "unknown")];

    public static string Strategy(string wire) => Find(Strategies, wire);

    public static string Kind(string wire) => Find(Kinds, wire);

    public static string Winner(string wire) => Find(Winners, wire);

    private static string Find(IReadOnlyList<(string Wire, string Words)> names, string wire)
    {
        foreach (var name in names)
            if (name.Wire == wire)
                return name.Words;
        return "unknown";
    }
}
