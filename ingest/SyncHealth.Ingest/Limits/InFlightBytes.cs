namespace SyncHealth.Ingest.Limits;

/// <summary>Bounds the memory that request bodies hold at once in this process.</summary>
/// <param name="limit">Bytes.</param>
internal sealed class InFlightBytes(long limit)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
