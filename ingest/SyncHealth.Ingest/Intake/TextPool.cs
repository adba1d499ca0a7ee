using System.Text;

namespace SyncHealth.Ingest.Intake;

/// <summary>Makes strings of UTF-8 text: each at most once while it is in use, none longer than it may be, none that Postgres would refuse.</summary>
/// <remarks>A direct-mapped cache: versions, systems and entity names repeat in every event, and an attacker's ones only push each other out.</remarks>
internal sealed class TextPool
{
    /// <summary>Slots of the cache; a power of two. A fleet's live versions and names are dozens.</summary>
    private const int SlotCount = 512;

    /// <summary>Longer texts are rarely repeated and are not kept.</summary>
    private const int MaxKeptBytes = 64;

    private readonly string?[] _slots = new string?[SlotCount];

    /// <summary>The text, cut to <paramref name="maxLength"/> characters, with U+FFFD for NUL.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="maxLength">Characters (UTF-16) at most.</param>
    /// <param name="adjustments">Counts a cut and a replacement.</param>
    public string Get(ReadOnlySpan<byte> utf8, int maxLength, ref Adjustments adjustments)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > MaxKeptBytes || utf8.Length > maxLength)
            return Make(utf8, maxLength, ref adjustments);

        ref var slot = ref _slots[(int)(XxHash64.Hash(utf8, 0) & (SlotCount - 1))];
        if (slot is not null && Ascii.Equals(utf8, slot))
            return slot;
        return slot = Make(utf8, maxLength, ref adjustments);
    }

    private static string Make(ReadOnlySpan<byte> utf8, int maxLength, ref Adjustments adjustments)
    {
        var text = Encoding.UTF8.GetString(utf8);
        if (text.Length > maxLength)
        {
            adjustments.Cut++;
            text = text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
        }

        if (!text.Contains('\0', StringComparison.Ordinal))
            return text;
        adjustments.Scrubbed++;
        return text.Replace('\0', '\uFFFD');
    }
}
