namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>The entries of one fixed stretch of sequence numbers, in their order. At most <see cref="Size"/>, so that its cost has a bound.</summary>
internal sealed class LogPage
{
    public const int SizeBits = 10;
    public const int Size = 1 << SizeBits;

    private LogEntry[] _entries = new LogEntry[4];
    private int _count;

    public LogEntry Last => _entries[_count - 1];

    /// <summary>The entry that holds a sequence number.</summary>
    public LogEntry Find(int seq) => _entries[PlaceOf(seq)];

    public void Append(LogEntry entry) => InsertAt(_count, entry);

    /// <summary>Puts an entry behind the one whose numbers precede it.</summary>
    public void Insert(LogEntry entry) => InsertAt(PlaceOf(entry.Seq) + 1, entry);

    public void Remove(LogEntry entry)
    {
        var place = PlaceOf(entry.Seq);
        _count--;
        Array.Copy(_entries, place + 1, _entries, place, _count - place);
        _entries[_count] = null!;
    }

    /// <summary>The last entry that begins at or before a number.</summary>
    private int PlaceOf(int seq)
    {
        int low = 0, high = _count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (_entries[middle].Seq <= seq)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private void InsertAt(int place, LogEntry entry)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        Array.Copy(_entries, place, _entries, place + 1, _count - place);
        _entries[place] = entry;
        _count++;
    }
}
