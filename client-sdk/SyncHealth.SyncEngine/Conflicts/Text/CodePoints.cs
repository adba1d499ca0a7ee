using System.Text;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Code points in UTF-16: the element of the sequence is a code point, because no editor on any platform may leave half of one.</summary>
internal static class CodePoints
{
    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool AreWhole(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (start < 0)
            return true;
        for (text = text[start..]; !text.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var units) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[units..];
        }

        return true;
    }

    /// <summary>UTF-16 units of the first code points of a text; more than it has, when it has not so many code points.</summary>
    public static int UnitsOf(ReadOnlySpan<char> text, int count)
    {
        if (count >= text.Length || text[..count].IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
            return CountUnits(text, count);
        return count;
    }

    /// <summary>The longest beginning whose code points are equally wide, of at most <paramref name="most"/> of them.</summary>
    public static int NextPiece(ReadOnlySpan<char> text, int most, out int width)
    {
        if (!char.IsHighSurrogate(text[0]))
        {
            width = 1;
            var narrow = text[..Math.Min(most, text.Length)];
            var end = narrow.IndexOfAnyInRange('\uD800', '\uDFFF');
            return end < 0 ? narrow.Length : end;
        }

        width = 2;
        var count = 1;
        while (count < most && 2 * count < text.Length && char.IsHighSurrogate(text[2 * count]))
            count++;
        return count;
    }

    private static int CountUnits(ReadOnlySpan<char> text, int count)
    {
        var units = 0;
        for (; count > 0 && units < text.Length; count--)
            units += char.IsHighSurrogate(text[units]) ? 2 : 1;
        return count == 0 ? units : text.Length + 1;
    }
}
