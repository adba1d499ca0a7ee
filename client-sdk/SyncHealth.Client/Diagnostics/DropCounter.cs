namespace SyncHealth.Client.Diagnostics;

/// <summary>Losses that happened outside the queue and wait to be written into its books.</summary>
internal sealed class DropCounter
{
    private readonly object _gate = new();
    private Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    internal void Add(string reason, long count)
    {
        lock (_gate)
            _counts[reason] = (_counts.TryGetValue(reason, out var known) ? known : 0) + count;
    }

    /// <summary>Hands over what was counted so far and starts again at nothing.</summary>
    internal IReadOnlyDictionary<string, long> Take()
    {
        lock (_gate)
        {
            if (_counts.Count == 0)
                return _counts;
            var taken = _counts;
            _counts = new Dictionary<string, long>(StringComparer.Ordinal);
            return taken;
        }
    }
}
