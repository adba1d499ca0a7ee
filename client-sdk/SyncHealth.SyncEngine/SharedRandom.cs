namespace SyncHealth.SyncEngine;

/// <summary>A seeded source of randomness that the app's threads and the cycle share.</summary>
internal sealed class SharedRandom(int seed) : Random(seed)
{
    private readonly Lock _lock = new();

    public override double NextDouble()
    {
        lock (_lock)
            return base.NextDouble();
    }

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_lock)
            base.NextBytes(buffer);
    }
}
