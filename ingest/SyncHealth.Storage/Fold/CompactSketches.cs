using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>The two sketches of a rollup's row in their shortest encoding, after they grew by concatenation.</summary>
internal sealed record CompactSketches(byte[] Success, byte[] Other)
{
    /// <summary>Together longer than this, the two are looked at: most rows never get there, and those that do may have halves to lose.</summary>
    public const int WorthALookBytes = 1024;

    /// <summary>Longer than this they are compacted whatever it saves: with counts and names the row stays within a page of 8 KiB.</summary>
    private const int MaxBytes = 6 * 1024;

    /// <summary>Null where writing the row once more would save less than half of it.</summary>
    public static CompactSketches? Of(byte[] success, byte[] other)
    {
        var compact = new CompactSketches(Sketches.Merged(success).Encode(), Sketches.Merged(other).Encode());
        var length = success.Length + other.Length;
        return length > MaxBytes || (compact.Success.Length + compact.Other.Length) * 2 <= length ? compact : null;
    }

    /// <summary>Null where writing the row once more would save less than one part in <paramref name="share"/> of the two.</summary>
    public static CompactSketches? Of(byte[] success, byte[] other, int share)
    {
        var compact = new CompactSketches(Sketches.Merged(success).Encode(), Sketches.Merged(other).Encode());
        var length = success.Length + other.Length;
        return (length - compact.Success.Length - compact.Other.Length) * share >= length ? compact : null;
    }
}
