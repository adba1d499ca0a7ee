using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>Reads the text of a mail as RFC 5322 and RFC 2047 say; written apart from the library that sends, so that it can disagree.</summary>
internal static partial class MailText
{
    /// <summary>Names and values of the headers, unfolded; a line that is none has the name "".</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers(string raw)
    {
        var headers = new List<(string Name, string Value)>();
        foreach (var line in raw[..BodyAt(raw)].Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            if (line[0] is ' ' or '\t' && headers.Count > 0)
                headers[^1] = (headers[^1].Name, headers[^1].Value + line);
            else
                headers.Add(line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (line[..colon], line[(colon + 1)..].Trim()) : ("", line));
        return headers;
    }

    /// <summary>What follows the empty line.</summary>
    public static string Body(string raw) => raw[BodyAt(raw)..];

    /// <summary>A header with its encoded words decoded.</summary>
    public static string Decode(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), word =>
    {
        var text = word.Groups["text"].Value;
        var bytes = word.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(text) : Unquote(text);
        return Encoding.GetEncoding(word.Groups["charset"].Value).GetString(bytes);
    });

    private static int BodyAt(string raw) => raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? end + 4 : raw.Length;

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
            if (text[index] == '=' && index + 2 < text.Length && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                index += 2;
            }
            else
                bytes.Add(text[index] == '_' ? (byte)' ' : (byte)text[index]);
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?(?<charset>[A-Za-z0-9-]+)(\*[A-Za-z-]+)?\?(?<kind>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.ExplicitCapture)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();
}
