using System.Globalization;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>What a strict mailbox takes of a program (RFC 5322, RFC 2046, RFC 3834).</summary>
internal static partial class SmtpRules
{
    /// <summary>Longest line, in characters without its end (RFC 5322, 2.1.1).</summary>
    private const int MaxLine = 998;

    /// <summary>Longest subject, in characters: ours to promise, not the protocol's.</summary>
    private const int MaxSubject = 120;

    private static readonly string[] Once = ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"];

    private static readonly string[] AtMostOnce = ["In-Reply-To", "References", "Bcc", "Cc", "Sender", "Reply-To"];

    private static readonly string[] Ids = ["Message-ID", "In-Reply-To"];

    private static readonly string[] Addresses = ["From", "To"];

    /// <summary>The first thing wrong with a message, or null.</summary>
    public static string? Error(string raw)
    {
        var headers = MailText.Headers(raw);
        if (headers.FirstOrDefault(header => header.Name.Length == 0 || header.Name.Any(letter => letter is <= ' ' or > '~')) is { Value: not null } odd)
            return $"a line among the headers is no header: {odd.Value}";
        if (Once.FirstOrDefault(name => Count(name) != 1) is { } missing)
            return $"{missing} must be there once";
        if (AtMostOnce.FirstOrDefault(name => Count(name) > 1) is { } twice)
            return $"{twice} is there twice";
        if (raw.Split("\r\n").Any(line => line.Length > MaxLine))
            return $"a line has more than {MaxLine} characters";
        if (headers.Any(header => header.Value.Any(letter => letter > '~' || (letter < ' ' && letter != '\t'))))
            return "a header holds what is not ASCII";
        if (MailText.Decode(Value("Subject")).Length is 0 or > MaxSubject)
            return $"the subject must have 1 to {MaxSubject} characters";
        if (Value("Auto-Submitted") != "auto-generated")
            return "Auto-Submitted must say auto-generated";
        if (Ids.FirstOrDefault(name => Count(name) == 1 && !IsId(Value(name))) is { } wrong)
            return $"{wrong} is no <id@domain>";
        if (Count("References") == 1 && !Value("References").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(IsId))
            return "References holds what is no <id@domain>";
        if (!IsDate(Value("Date")))
            return "Date is no date of RFC 5322";
        if (Value("MIME-Version") != "1.0")
            return "MIME-Version must be 1.0";
        return Addresses.FirstOrDefault(name => !Value(name).Split(',').All(Address().IsMatch)) is { } nobody
            ? $"{nobody} holds no address"
            : BodyError(Value("Content-Type"), MailText.Body(raw));

        int Count(string name) => headers.Count(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

        string Value(string name) => headers.First(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private static bool IsId(string text) => text is ['<', .. var id, '>'] && id.Count(letter => letter == '@') == 1 && !id.Any(letter => letter is <= ' ' or '<' or '>');

    private static bool IsDate(string text) => DateTimeOffset.TryParseExact(
        text, ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, dd MMM yyyy HH:mm:ss zzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? BodyError(string type, string body)
    {
        if (!type.StartsWith("multipart/alternative;", StringComparison.OrdinalIgnoreCase) || MailText.Boundary(type) is not { } boundary)
            return "the body is not multipart/alternative";
        if (!body.TrimEnd().EndsWith(boundary + "--", StringComparison.Ordinal))
            return "the last boundary is missing";
        var parts = MailText.Parts(type, body);
        if (parts.Select(part => MailText.Value(part, "Content-Type")?.Split(';')[0]).ToArray() is not ["text/plain", "text/html"])
            return "the alternatives must be text/plain, then text/html";
        return parts.All(part => MailText.Content(part) is not null) ? null : "an alternative is not encoded as its Content-Transfer-Encoding says";
    }

    /// <summary>An address, alone or in brackets after a name.</summary>
    [GeneratedRegex(@"^\s*([^<>@]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
