namespace SyncHealth.Storage.Vitals;

/// <summary>The points of an answer in blocks: tens of thousands of objects that live until the answer is built cost the collector more than the rest.</summary>
internal sealed class PointTable
{
    /// <summary>About 16 KiB: far from a large object, and little to make for a question of a few points.</summary>
    private const int BlockPoints = 64;

    private readonly List<PointParts[]> _blocks = [];

    /// <summary>Points so far.</summary>
    public int Count { get; private set; }

    public ref PointParts this[int place] => ref _blocks[place / BlockPoints][place % BlockPoints];

    /// <returns>Its place.</returns>
    public int Add(in PointParts point)
    {
        if (Count == _blocks.Count * BlockPoints)
            _blocks.Add(new PointParts[BlockPoints]);
        this[Count] = point;
        return Count++;
    }
}
