using System.Text;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>One conversation with a client (RFC 5321): commands in their order, lines that end in CR LF and in nothing else.</summary>
internal sealed partial class SmtpSession(Stream stream, SmtpFake fake, ReceiverOptions options)
{
    /// <summary>Longest line, in bytes with its end (RFC 5321, 4.5.3.1.6).</summary>
    private const int MaxLineBytes = 1000;

    /// <summary>Largest message, in bytes.</summary>
    private const int MaxMessageBytes = 1024 * 1024;

    private readonly List<string> _recipients = [];
    private readonly byte[] _read = new byte[4096];
    private int _at;
    private int _end;
    private bool _isGreeted;
    private bool _hasSender;

    /// <summary>Serves the client until it leaves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SayAsync("220 stand-in.example ESMTP", cancellationToken);
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (await AnswerAsync(verb, line, cancellationToken) is { } answer)
                await SayAsync(answer, cancellationToken);
            if (verb == "QUIT")
                return;
        }
    }

    private async Task<string?> AnswerAsync(string verb, string line, CancellationToken cancellationToken)
    {
        if (options.SmtpAnswer?.Invoke(verb) is { } scripted)
        {
            fake.Refuse(scripted);
            return scripted;
        }

        switch (verb)
        {
            case "EHLO":
                _isGreeted = true;
                return $"250-stand-in.example\r\n250-SIZE {MaxMessageBytes}\r\n250-8BITMIME\r\n250 AUTH PLAIN";
            case "AUTH":
                return SignIn(line);
            case "MAIL":
                return Begin(line);
            case "RCPT":
                return Add(line);
            case "DATA":
                return await TakeAsync(cancellationToken);
            case "RSET":
                Reset();
                return "250 2.0.0 forgotten";
            case "NOOP":
                return "250 2.0.0 yes";
            case "QUIT":
                return "221 2.0.0 bye";
            default:
                return fake.Refuse("500 5.5.2 unknown command");
        }
    }

    private string SignIn(string line)
    {
        var parts = line.Split(' ') is [_, "PLAIN", var token] && Decoded(token) is { } text ? text.Split('\0') : [];
        return parts is [_, _, var password] && password == options.SmtpPassword ? "235 2.7.0 welcome" : fake.Refuse("535 5.7.8 credentials are not valid");
    }

    private static string? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private string Begin(string line)
    {
        if (!_isGreeted || _hasSender)
            return fake.Refuse("503 5.5.1 out of order");
        if (!Sender().IsMatch(line))
            return fake.Refuse("501 5.5.4 MAIL FROM:<address> is wanted");
        _hasSender = true;
        return "250 2.1.0 sender taken";
    }

    private string Add(string line)
    {
        if (!_hasSender)
            return fake.Refuse("503 5.5.1 out of order");
        if (Recipient().Match(line) is not { Success: true } recipient)
            return fake.Refuse("501 5.5.4 RCPT TO:<address> is wanted");
        if (recipient.Groups["address"].Value.StartsWith("nobody@", StringComparison.Ordinal))
            return fake.Refuse("550 5.1.1 there is nobody of this name");
        _recipients.Add(recipient.Groups["address"].Value);
        return "250 2.1.5 recipient taken";
    }

    private async Task<string?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_recipients.Count == 0)
            return fake.Refuse("503 5.5.1 out of order");
        await SayAsync("354 go on", cancellationToken);
        var raw = new StringBuilder();
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == ".")
            {
                var answer = options.SmtpAnswer?.Invoke(".") ?? (raw.Length > MaxMessageBytes ? fake.Refuse("552 5.3.4 too large") : fake.Take(raw.ToString(), [.. _recipients]));
                Reset();
                return answer;
            }

            // What is too large is read to its end all the same, and kept no further.
            if (raw.Length <= MaxMessageBytes)
                raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }

    private void Reset()
    {
        _recipients.Clear();
        _hasSender = false;
    }

    /// <summary>A line without its end; null when the client is gone or breaks the rules of lines.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (_at < _end || await FillAsync(cancellationToken))
        {
            var letter = _read[_at++];
            var isEnd = letter == '\n';
            if ((isEnd && line is not [.., (byte)'\r']) || line.Count >= MaxLineBytes)
            {
                await SayAsync(fake.Refuse("500 5.5.2 a bare line feed, or a line that is too long"), cancellationToken);
                // The client reads the answer before it hangs up: closed on unread bytes, the connection would be reset and the answer lost.
                (_at, _end) = (0, 0);
                await stream.CopyToAsync(Stream.Null, cancellationToken);
                return null;
            }

            if (isEnd)
                return Encoding.UTF8.GetString([.. line[..^1]]);
            line.Add(letter);
        }

        return null;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_at, _end) = (0, await stream.ReadAsync(_read, cancellationToken));
        return _end > 0;
    }

    private async Task SayAsync(string answer, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellationToken);

    [GeneratedRegex(@"^MAIL FROM:<[^<>\s@]+@[^<>\s@]+>( [A-Z0-9=]+)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Sender();

    [GeneratedRegex(@"^RCPT TO:<(?<address>[^<>\s@]+@[^<>\s@]+)>$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Recipient();
}
