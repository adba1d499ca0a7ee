using System.Globalization;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Ids that sort by time and never meet: 48 bits of milliseconds, 80 random bits, as in a version 7 UUID.</summary>
internal static class NoteId
{
    /// <summary>Time is part of the id, so that a restart with the same seed does not repeat one.</summary>
    public static string New(long millis, Random random)
    {
        Span<byte> tail = stackalloc byte[10];
        random.NextBytes(tail);
        return millis.ToString("x12", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(tail);
    }
}
