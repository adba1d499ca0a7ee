using System.Globalization;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// Ids that sort by time and never meet: 48 bits of milliseconds, 80 random bits, as in a version 7 UUID. The id of a record that is no note
/// begins with its entity, as <c>list/0193…</c>: so every place that knows the record knows which strategy settles its conflicts.
/// </summary>
public static class RecordId
{
    private const char Separator = '/';

    /// <summary>Time is part of the id, so that a restart with the same seed does not repeat one.</summary>
    internal static string New(long millis, Random random)
    {
        Span<byte> tail = stackalloc byte[10];
        random.NextBytes(tail);
        return millis.ToString("x12", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(tail);
    }

    /// <summary>As <see cref="New(long, Random)"/>, for a record of an entity.</summary>
    internal static string New(string entity, long millis, Random random) => entity + Separator + New(millis, random);

    /// <summary>The entity of a record: what stands before the slash of its id, else <see cref="EntityNames.Note"/>.</summary>
    public static string EntityOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? id[..end] : EntityNames.Note;
    }
}
