using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>Records that were stored and wait to be used again.</summary>
internal sealed class RecordPool
{
    /// <summary>Records kept: what a burst of syncing puts in memory before the disk has it, about 100 KiB.</summary>
    internal const int Kept = 256;

    private readonly object _gate = new();
    private readonly Stack<EventRecord> _free = new();

    internal EventRecord Rent(SyncType type)
    {
        EventRecord? record = null;
        lock (_gate)
            if (_free.Count > 0)
                record = _free.Pop();
        if (record is null)
            return new EventRecord(type);
        record.Renew(type);
        return record;
    }

    internal void Return(EventRecord record)
    {
        lock (_gate)
            if (_free.Count < Kept)
                _free.Push(record);
    }

    internal void Return(IReadOnlyList<EventRecord> records)
    {
        foreach (var record in records)
            Return(record);
    }
}
