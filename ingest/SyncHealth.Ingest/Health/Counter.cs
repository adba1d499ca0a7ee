namespace SyncHealth.Ingest.Health;

/// <summary>A number that only grows. Read by <c>/metrics</c> and by OpenTelemetry alike.</summary>
internal sealed class Counter
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long by = 1)
    {
        if (by != 0)
            Interlocked.Add(ref _value, by);
    }
}
