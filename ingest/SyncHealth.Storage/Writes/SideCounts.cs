using System.Runtime.InteropServices;

namespace SyncHealth.Storage.Writes;

/// <summary>Counts by dictionary id that stand beside an increment: errors, conflicts. Few, hence searched one by one.</summary>
internal sealed class SideCounts
{
    private readonly List<int> _ids = [];
    private readonly List<long> _counts = [];
    private readonly List<long> _discarded = [];

    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    public ReadOnlySpan<long> Counts => CollectionsMarshal.AsSpan(_counts);

    public ReadOnlySpan<long> Discarded => CollectionsMarshal.AsSpan(_discarded);

    public void Add(int id, long count, long discarded = 0)
    {
        var index = _ids.IndexOf(id);
        if (index < 0)
        {
            index = _ids.Count;
            _ids.Add(id);
            _counts.Add(0);
            _discarded.Add(0);
        }

        _counts[index] += count;
        _discarded[index] += discarded;
    }
}
