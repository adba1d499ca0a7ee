using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace SyncHealth.Ingest.Intake;

/// <summary>
/// Takes out of a text what may be personal or secret: mail addresses, paths and the private parts of URLs, IP and MAC addresses, tokens, card and phone
/// numbers. Each becomes a word in brackets. In doubt it takes more. Scrubbing twice changes nothing further.
/// </summary>
/// <remarks>
/// Patterns run without backtracking, so the time is linear in the text whatever a sender makes up. A token is what looks like one: a JWT, a vendor's prefix,
/// a value after <c>token=</c> and its like, 32 hexadecimal digits, or 32 characters that mix digits into letters of both cases.
/// </remarks>
internal static class Scrubber
{
    /// <summary>Digits of card numbers in use (ISO/IEC 7812 allows 8 to 19; the 13 of old are the milliseconds of today).</summary>
    private const int MinCardDigits = 14;
    private const int MaxCardDigits = 19;

    /// <summary>Digits of a phone number: 15 at most (ITU-T E.164), and the 00 that stands for its plus.</summary>
    private const int MinPhoneDigits = 8;
    private const int MaxPhoneDigits = 17;

    private const int MinTokenLength = 32;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Url = new("""[A-Za-z][A-Za-z0-9+.-]*://[^\s"'<>]+""", Linear);
    private static readonly Regex Bearer = new("""bearer\s+[^\s"',;]{8,}""", Linear | RegexOptions.IgnoreCase);
    private static readonly Regex Assigned = new("""(token|secret|password|passwd|pwd|api[_-]?key|authorization|cookie|session[_-]?id|signature|credential)s?["']?\s*[:=]\s*["']?[^\s"',;&]+""", Linear | RegexOptions.IgnoreCase);
    private static readonly Regex Mail = new("""[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+(@|%40)[\p{L}\p{N}.-]*[\p{L}\p{N}]""", Linear);
    private static readonly Regex Path = new("""(^|[^\p{L}\p{N}_./\]-])(~?/([^\\/"'<>|;,\n]+/)+|[A-Za-z]:[\\/]|\\\\[^\\/"'<>|;,\n]+\\)([^\\/"'<>|;,\n]+[\\/])*[^\s\\/"'<>|;,]*""", Linear);
    private static readonly Regex Mac = new("""[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}""", Linear);
    private static readonly Regex IpV6 = new("""[0-9A-Fa-f]*:[0-9A-Fa-f:.]*""", Linear);
    private static readonly Regex IpV4 = new("""[0-9]+(\.[0-9]+){3,}""", Linear);
    private static readonly Regex Token = new("""(eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.=-]+|\b(?:sk|pk|rk|ghp|gho|ghs|ghu|github_pat|glpat|xox[a-z]|shk)[_-][A-Za-z0-9_-]{12,}|\bA[KS]IA[A-Z0-9]{16}|\bAIza[A-Za-z0-9_-]{30,})|[A-Za-z0-9_-]{32,}""", Linear);
    private static readonly Regex Card = new("""[0-9]([ -]?[0-9]){13,}""", Linear);
    private static readonly Regex Phone = new("""(\+|\b00)[0-9][0-9 ()./-]{5,}[0-9]\b|\(?\b0[0-9]{2,5}\)?[ ./-]+[0-9][0-9 ./-]{3,}[0-9]\b|\(?\b[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b|\b0[1-9][0-9]{8,12}\b""", Linear);

    private static readonly SearchValues<char> Marks = SearchValues.Create("@%:=/\\.+(0123456789");

    /// <summary>The text without them; the same instance when there was nothing.</summary>
    public static string Scrub(string text, ScrubScope scope)
    {
        if (scope == ScrubScope.None || (text.AsSpan().IndexOfAny(Marks) < 0 && text.Length < MinTokenLength && !text.Contains("bearer", StringComparison.OrdinalIgnoreCase)))
            return text;
        var scrubbed = ScrubSecrets(text, scope);
        if (scope == ScrubScope.Label)
            scrubbed = ScrubNumbers(scrubbed);
        return scrubbed == text ? text : scrubbed;
    }

    private static string ScrubSecrets(string text, ScrubScope scope)
    {
        text = Replace(Bearer, text, (_, match) => string.Concat(match.ValueSpan[.."bearer".Length], " [token]"));
        text = Replace(Assigned, text, (_, match) => string.Concat(match.ValueSpan[..(match.ValueSpan.IndexOfAny(':', '=') + 1)], "[token]"));
        if (scope == ScrubScope.Label && text.Contains("://", StringComparison.Ordinal))
            text = Replace(Url, text, (_, match) => Bare(match.Value));
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains("%40", StringComparison.Ordinal))
            text = Replace(Mail, text, (_, match) => IsMail(match.Value) ? "[email]" : null);
        return Replace(Token, text, (_, match) => (match.Groups[1].Success ? match.Value.Any(char.IsAsciiDigit) : IsRandom(match.Value)) ? "[token]" : null);
    }

    /// <summary>What versions look like: numbers with separators.</summary>
    private static string ScrubNumbers(string text)
    {
        if (text.AsSpan().IndexOfAny('/', '\\') >= 0)
            text = Replace(Path, text, (_, match) => match.Groups[1].Value + "[path]");
        text = Replace(Mac, text, (whole, match) => StandsAlone(whole, match.Index, match.Length) ? "[mac]" : null);
        text = Replace(IpV6, text, ScrubIpV6);
        text = Replace(IpV4, text, (whole, match) => IsIpV4(match.Value) && StandsAlone(whole, match.Index, match.Length) ? "[ip]" : null);
        text = Replace(Card, text, (_, match) => HoldsCard(match.Value) ? "[card]" : null);
        return Replace(Phone, text, (_, match) => match.Value.Count(char.IsAsciiDigit) is >= MinPhoneDigits and <= MaxPhoneDigits ? "[phone]" : null);
    }

    private static string Replace(Regex pattern, string text, Func<string, Match, string?> replacement) =>
        pattern.IsMatch(text) ? pattern.Replace(text, match => replacement(text, match) ?? match.Value) : text;

    /// <summary>Scheme and host: what comes before the host is a password, what comes behind it an account's.</summary>
    private static string Bare(string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var scheme = url[..host];
        if (scheme.Equals("file://", StringComparison.OrdinalIgnoreCase))
            return scheme + "[path]";
        var end = url.AsSpan(host).IndexOfAny('/', '?', '#') is var found and >= 0 ? host + found : url.Length;
        var authority = url[host..end];
        return scheme + authority[(authority.LastIndexOf('@') + 1)..] + (url.Length - end > 1 ? "/[path]" : url[end..]);
    }

    /// <summary>A domain has letters: what has none is a version, such as <c>lib@1.0.0</c>.</summary>
    private static bool IsMail(string text) =>
        text[(text.LastIndexOf('@') is var at and >= 0 ? at + 1 : text.LastIndexOf("%40", StringComparison.Ordinal) + 3)..].Any(char.IsLetter);

    private static bool StandsAlone(string whole, int index, int length) =>
        (index == 0 || !IsWord(whole[index - 1])) && (index + length == whole.Length || !IsWord(whole[index + length]));

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    /// <summary>An address, and what a sentence or a port adds to it.</summary>
    private static string? ScrubIpV6(string whole, Match match)
    {
        for (var length = match.Length; length > 1; length--)
            if (IsIpV6(match.ValueSpan[..length]) && StandsAlone(whole, match.Index, length))
                return string.Concat("[ip]", match.ValueSpan[length..]);
            else if (match.ValueSpan[length - 1] is not (':' or '.'))
                return null;
        return null;
    }

    private static bool IsIpV4(string text) =>
        text.Split('.') is { Length: 4 } parts && parts.All(part => part.Length <= 3 && int.Parse(part, CultureInfo.InvariantCulture) <= 255);

    private static bool IsIpV6(ReadOnlySpan<char> text) =>
        text.Count(':') >= 2 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsRandom(string text)
    {
        if (text.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') && text.Any(char.IsAsciiDigit))
            return true;
        // Digits inside a word: names put theirs at the end.
        var mixed = 0;
        for (var i = 1; i < text.Length; i++)
            mixed += char.IsAsciiDigit(text[i - 1]) && char.IsAsciiLetter(text[i]) ? 1 : 0;
        return mixed >= 2 && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper);
    }

    /// <summary>Whether a card number is among groups of digits; where there is one, its neighbours are not worth telling apart from it.</summary>
    private static bool HoldsCard(string digits)
    {
        for (var start = 0; start < digits.Length; start++)
        {
            if (!char.IsAsciiDigit(digits[start]) || !IsEdge(digits, start))
                continue;
            var count = 0;
            for (var end = start; end < digits.Length && count <= MaxCardDigits; end++)
            {
                count += char.IsAsciiDigit(digits[end]) ? 1 : 0;
                if (count is >= MinCardDigits and <= MaxCardDigits && char.IsAsciiDigit(digits[end]) && IsEdge(digits, end + 1) && HasLuhnSum(digits.AsSpan(start..(end + 1))))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a group of digits begins or ends before this place.</summary>
    private static bool IsEdge(string digits, int place) =>
        place == 0 || place == digits.Length || char.IsAsciiDigit(digits[place]) != char.IsAsciiDigit(digits[place - 1]);

    /// <summary>The check digit of ISO/IEC 7812-1, annex B.</summary>
    private static bool HasLuhnSum(ReadOnlySpan<char> digits)
    {
        var (sum, isDoubled) = (0, false);
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(digits[i]))
                continue;
            var value = (digits[i] - '0') << (isDoubled ? 1 : 0);
            sum += value > 9 ? value - 9 : value;
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }
}
