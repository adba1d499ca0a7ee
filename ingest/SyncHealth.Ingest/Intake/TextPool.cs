using System.Text;

namespace SyncHealth.Ingest.Intake;

/// <summary>Makes strings of UTF-8 text: each at most once while it is in use, none longer than it may be, none that Postgres would refuse, none with what its scope scrubs.</summary>
/// <remarks>A direct-mapped cache: versions, systems and entity names repeat in every event, and an attacker's ones only push each other out.</remarks>
internal sealed class TextPool(ScrubScope scope = ScrubScope.None)
{
    /// <summary>Slots of the cache; a power of two. A fleet's live versions and names are dozens.</summary>
    private const int SlotCount = 512;

    /// <summary>Longer texts are rarely repeated and are not kept.</summary>
    private const int MaxKeptBytes = 64;

    /// <summary>Characters that are looked at beyond the longest text: what is personal is recognised by its end too, and is no longer than this.</summary>
    private const int ScrubMargin = 512;

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

    private string Make(ReadOnlySpan<byte> utf8, int maxLength, ref Adjustments adjustments)
    {
        var text = Scrubbed(Encoding.UTF8.GetString(utf8), maxLength, ref adjustments);
        if (text.Length > maxLength)
        {
            adjustments.Cut++;
            text = Short(text, maxLength);
        }

        if (!text.Contains('\0', StringComparison.Ordinal))
            return text;
        adjustments.Scrubbed++;
        return text.Replace('\0', '\uFFFD');
    }

    private string Scrubbed(string text, int maxLength, ref Adjustments adjustments)
    {
        if (scope == ScrubScope.None)
            return text;
        var seen = text.Length <= maxLength + ScrubMargin ? text : Short(text, maxLength + ScrubMargin);
        var scrubbed = Scrubber.Scrub(seen, scope);
        adjustments.Redacted += ReferenceEquals(scrubbed, seen) ? 0 : 1;
        adjustments.Cut += seen.Length < text.Length && scrubbed.Length <= maxLength ? 1 : 0;
        return scrubbed;
    }

    /// <summary>The first characters, and no half of a surrogate pair.</summary>
    private static string Short(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
