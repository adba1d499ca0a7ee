namespace SyncHealth.Storage.Fold;

/// <summary>What stands beside the rollups, by core segment, hour and dictionary id: errors, or conflicts.</summary>
internal sealed class SideRows
{
    private readonly Dictionary<(int CoreId, DateTime Hour, int Id), (long Count, long Discarded)> _rows = [];

    public void Add(int coreId, DateTime hour, int id, long count, long discarded)
    {
        var key = (coreId, hour, id);
        var (counted, thrown) = _rows.GetValueOrDefault(key);
        _rows[key] = (counted + count, thrown + discarded);
    }

    /// <summary>In key order.</summary>
    public IReadOnlyList<(int CoreId, DateTime Hour, int Id, long Count, long Discarded)> Sorted() =>
        [.. _rows.OrderBy(row => row.Key).Select(row => (row.Key.CoreId, row.Key.Hour, row.Key.Id, row.Value.Count, row.Value.Discarded))];
}
