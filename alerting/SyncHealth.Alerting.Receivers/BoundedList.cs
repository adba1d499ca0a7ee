namespace SyncHealth.Alerting.Receivers;

/// <summary>The newest items, oldest first. Not synchronised: each fake has one lock of its own.</summary>
internal sealed class BoundedList<T>
{
    private readonly List<T> _items = [];

    public IReadOnlyList<T> Items => [.. _items];

    public void Add(T item)
    {
        if (_items.Count == ReceiverLimits.KeptCount)
            _items.RemoveAt(0);
        _items.Add(item);
    }
}
