namespace SyncHealth.Alerting.Receivers;

/// <summary>What was refused, over all fakes.</summary>
internal sealed class RejectionLog(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly BoundedList<Rejection> _rejections = new();

    public IReadOnlyList<Rejection> Items
    {
        get
        {
            lock (_lock)
                return _rejections.Items;
        }
    }

    public void Add(string vendor, int status, string reason)
    {
        lock (_lock)
            _rejections.Add(new Rejection(clock.GetUtcNow(), vendor, status, reason));
    }
}
