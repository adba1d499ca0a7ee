namespace SyncHealth.Ingest.Limits;

/// <summary>Remembers the last idempotency keys, to guess which requests repeat others. A wrong guess costs time, never correctness.</summary>
internal sealed class RecentBatches
{
    /// <summary>Keys per generation; two are kept (about 4 MB), which is minutes at full load.</summary>
    private const int GenerationSize = 65_536;

    private readonly Lock _lock = new();
    private HashSet<long> _young = [];
    private HashSet<long> _old = [];

    /// <summary>Whether the key was seen lately; from now on it was.</summary>
    public bool SeenBefore(long keyHash)
    {
        lock (_lock)
        {
            if (!_young.Add(keyHash))
                return true;
            if (_young.Count >= GenerationSize)
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }

            return _old.Contains(keyHash);
        }
    }
}
