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
        var bytes = word.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(text) : Unquote(text, space: '_');
        return Encoding.GetEncoding(word.Groups["charset"].Value).GetString(bytes);
    });

    /// <summary>The line between the parts of a body, or null when its type names none.</summary>
    public static string? Boundary(string type)
    {
        const string Name = "boundary=";
        return type.IndexOf(Name, StringComparison.Ordinal) is >= 0 and var at ? "--" + type[(at + Name.Length)..].Split(';')[0].Trim().Trim('"') : null;
    }

    /// <summary>The parts of a body of several, each with headers of its own.</summary>
    public static IReadOnlyList<string> Parts(string type, string body) => [.. body.Split(Boundary(type)).Skip(1).SkipLast(1).Select(part => part[2..])];

    /// <summary>The first header of this name, or null.</summary>
    public static string? Value(string part, string name) => Headers(part).FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>What a part says, decoded (RFC 2045, 6); null when it is not encoded as it says. In UTF-8, of which ASCII is a part.</summary>
    public static string? Content(string part) => Value(part, "Content-Transfer-Encoding")?.ToUpperInvariant() switch
    {
        null or "7BIT" or "8BIT" => Body(part),
        "QUOTED-PRINTABLE" => Encoding.UTF8.GetString(Unquote(Body(part).Replace("=\r\n", "", StringComparison.Ordinal), space: null)),
        "BASE64" => Unpack(Body(part)),
        _ => null,
    };

    private static string? Unpack(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static int BodyAt(string raw) => raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? end + 4 : raw.Length;

    /// <param name="text">Quoted bytes between ASCII.</param>
    /// <param name="space">What stands for a space, as in headers; null for nothing but itself.</param>
    private static byte[] Unquote(string text, char? space)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
            if (text[index] == '=' && index + 2 < text.Length && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                index += 2;
            }
            else
                bytes.Add(text[index] == space ? (byte)' ' : (byte)text[index]);
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?(?<charset>[A-Za-z0-9-]+)(\*[A-Za-z-]+)?\?(?<kind>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.ExplicitCapture)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();
}
