using System.Text;

namespace SyncHealth.Alerting.Messages;

/// <summary>Makes text that came from outside safe to put into one line of a message.</summary>
public static class PlainText
{
    /// <summary>One line without control characters, at most <paramref name="maxLength"/> characters, cut with an ellipsis and never inside a surrogate pair.</summary>
    public static string Line(string text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxLength)
                return Cut(line, maxLength);
            line.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        return line.ToString();
    }

    private static string Cut(StringBuilder line, int maxLength)
    {
        line.Length = Math.Min(line.Length, maxLength - 1);
        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
            line.Length--;
        return line.Append('…').ToString();
    }
}
