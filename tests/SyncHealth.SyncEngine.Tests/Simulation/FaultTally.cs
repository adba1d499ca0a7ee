namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>How often each kind of fault struck: a simulation whose faults do not fire proves nothing.</summary>
internal sealed class FaultTally
{
    private readonly SortedDictionary<string, int> _struck = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Struck => _struck;

    public void Count(string fault, Action? strike = null)
    {
        _struck[fault] = _struck.GetValueOrDefault(fault) + 1;
        strike?.Invoke();
    }

    public void Add(FaultTally other)
    {
        foreach (var (fault, count) in other._struck)
            _struck[fault] = _struck.GetValueOrDefault(fault) + count;
    }

    public override string ToString() => string.Join(", ", _struck.Select(pair => $"{pair.Key} {pair.Value}"));
}
