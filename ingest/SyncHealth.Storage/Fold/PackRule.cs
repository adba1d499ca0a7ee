namespace SyncHealth.Storage.Fold;

/// <summary>When the rows of a core segment's day are packed: all of its packs are written anew with them, so not for a few.</summary>
internal sealed record PackRule
{
    /// <summary>The rule in service.</summary>
    public static PackRule Default { get; } = new();

    /// <summary>Rows of a day that is under way: fewer are cheaper to keep than to move.</summary>
    public int LeastRows { get; init; } = 256;

    /// <summary>Rows of a day that is over, as part of what is packed: a chunk costs as much as two rows.</summary>
    public int LeastClosedRows { get; init; } = 8;

    /// <summary>
    /// Of a day under way, rows are packed when they are this part of what is packed: a row takes six times the bytes of a cell, and a cell is then written about ten times
    /// over, three microseconds each.
    /// </summary>
    public int GrowthShare { get; init; } = 8;

    /// <summary>Of a day that is over likewise: little comes to it any more, and what is left unpacked stays so for good.</summary>
    public int ClosedShare { get; init; } = 16;

    /// <summary>
    /// Of what is due, this part is packed in one round, or between two vacuums of one, most rows first: the space that a pack had before is free after the next vacuum, so
    /// that each part uses what the one before left. All at once would need twice the space.
    /// </summary>
    public int RoundShare { get; init; } = 4;

    /// <summary>How long after its start a day counts as over: twelve hours after its end most of what is late has arrived.</summary>
    public TimeSpan ClosedAfter { get; init; } = TimeSpan.FromHours(36);

    /// <summary>What is <paramref name="due"/> in <see cref="RoundShare"/> parts, for who gives the space back after each of them.</summary>
    public IEnumerable<T[]> PartsOf<T>(IEnumerable<T> due)
    {
        var all = due.ToArray();
        return all.Chunk(Math.Max(1, (all.Length + RoundShare - 1) / RoundShare));
    }

    /// <summary>What one round packs of <paramref name="due"/>, which has most rows first.</summary>
    public IEnumerable<T> RoundOf<T>(IEnumerable<T> due)
    {
        var all = due.ToList();
        return all.Take((all.Count + RoundShare - 1) / RoundShare);
    }
}
