using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Causes;

/// <summary>The finest segments of two periods, from which every wider one is summed up. All counts first, then all devices, then questions.</summary>
/// <param name="dimensions">Their dimensions: the core ones first, the tag, if any, last.</param>
internal sealed class CauseCells(IReadOnlyList<string> dimensions)
{
    /// <summary>Dimensions of a named segment: more than three nobody can act on.</summary>
    private const int MostDimensions = 3;

    /// <summary>Sets of devices are kept by the core dimensions.</summary>
    private static readonly int Core = CauseReader.CoreDimensions.Count;

    private readonly Dictionary<string[], CauseCell> _cells = new(GroupOrder.Instance);
    private readonly Dictionary<string[], (DeviceSet Before, DeviceSet Now)> _sets = new(GroupOrder.Instance);

    public void Add(IEnumerable<VitalCount> counts, bool isNow)
    {
        foreach (var row in counts)
        {
            var cell = _cells.GetValueOrDefault(row.GroupKey);
            var part = new CauseCounts(row.Attempts, row.Attempts - row.Successes, 0);
            _cells[row.GroupKey] = cell.Plus(isNow ? new CauseCell(default, part) : new CauseCell(part, default));
        }
    }

    public void Add(IEnumerable<DeviceCount> counts, bool isNow)
    {
        foreach (var count in counts)
        {
            if (!_sets.TryGetValue(count.GroupKey, out var sets))
                _sets.Add(count.GroupKey, sets = (new DeviceSet(), new DeviceSet()));
            (isNow ? sets.Now : sets.Before).Merge(count.Keys, count.Registers);
        }
    }

    /// <summary>Everything, in both periods.</summary>
    public CauseCell Total() => OfCore([]).GetValueOrDefault([]);

    /// <summary>All segments of one dimension, and those of two and three that have devices enough to be blamed.</summary>
    public IReadOnlyList<CauseElement> Elements() =>
        [.. Enumerable.Range(1, (1 << dimensions.Count) - 1).Where(set => int.PopCount(set) <= MostDimensions).SelectMany(Elements)];

    private IEnumerable<CauseElement> Elements(int set)
    {
        int[] chosen = [.. Enumerable.Range(0, dimensions.Count).Where(dimension => (set >> dimension & 1) == 1)];
        foreach (var (key, cell) in chosen[^1] < Core ? OfCore(chosen) : OfTag(chosen))
            if (chosen.Length == 1 || IsBlamable(cell, mayBeNew: dimensions[chosen[0]] == CauseReader.Version))
                yield return new CauseElement([.. chosen.Select((dimension, position) => new DimensionValue(dimensions[dimension], key[position]))], cell.Before, cell.Now);
    }

    private static bool IsBlamable(CauseCell cell, bool mayBeNew) =>
        cell.Now.Devices >= CauseLimits.MinimumDevices && (mayBeNew || cell.Before.Devices >= CauseLimits.MinimumDevices);

    /// <summary>Segments of core dimensions: counts are exact, and devices are as exact as their sets.</summary>
    private Dictionary<string[], CauseCell> OfCore(int[] chosen)
    {
        var sums = Sums(chosen);
        foreach (var group in _sets.GroupBy(set => Key(set.Key, chosen), GroupOrder.Instance))
            sums[group.Key] = sums.GetValueOrDefault(group.Key).With(CountOf(group.Select(set => set.Value.Before)), CountOf(group.Select(set => set.Value.Now)));
        return sums;
    }

    /// <summary>Segments with a tag: their devices are those of their core part, by the tag's share of the attempts there.</summary>
    private Dictionary<string[], CauseCell> OfTag(int[] chosen)
    {
        var wholes = OfCore(chosen[..^1]);
        var sums = Sums(chosen);
        foreach (var (key, cell) in sums)
            sums[key] = cell.PartOf(wholes[key[..^1]]);
        return sums;
    }

    private Dictionary<string[], CauseCell> Sums(int[] chosen)
    {
        var sums = new Dictionary<string[], CauseCell>(GroupOrder.Instance);
        foreach (var (key, cell) in _cells)
            sums[Key(key, chosen)] = sums.GetValueOrDefault(Key(key, chosen)).Plus(cell);
        return sums;
    }

    private static long CountOf(IEnumerable<DeviceSet> parts)
    {
        var joined = new DeviceSet();
        foreach (var part in parts)
        {
            var (keys, registers) = part.Encode();
            joined.Merge(keys, registers);
        }

        return joined.Count;
    }

    private static string[] Key(string[] cell, int[] chosen) => [.. chosen.Select(dimension => cell[dimension])];
}
