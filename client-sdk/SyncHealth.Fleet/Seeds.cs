namespace SyncHealth.Fleet;

/// <summary>Independent sources of randomness from one seed, the same on every machine and in every process.</summary>
internal static class Seeds
{
    /// <summary>The seed of one purpose of one device: what one part of a device draws never shifts what another draws.</summary>
    public static int Of(int seed, int device, SeedPurpose purpose)
    {
        // SplitMix64 (Steele, Lea, Flood 2014): neighbouring inputs give unrelated outputs.
        var mixed = ((ulong)(uint)seed << 32 | (uint)device) + (ulong)purpose * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return (int)(mixed ^ mixed >> 31) & int.MaxValue;
    }

    public static Random For(int seed, int device, SeedPurpose purpose) => new(Of(seed, device, purpose));
}
