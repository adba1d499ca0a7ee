using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.Smtp;

/// <summary>The corpus of mails and of conversations: what is taken, and what must be refused, each with its own status and reason. Spoken over a socket, without the library that sends.</summary>
public sealed class MailCorpusTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly JsonObject _corpus = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", "Mail", "mail.json")))!.AsObject();
    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Corpus_TakesWhatIsRightAndRefusesEachThatIsNot()
    {
        var goal = new Goal("corpus");
        var wrong = new List<string>();
        var right = _corpus["alsoAccepted"]!.AsArray().Prepend(new JsonObject { ["why"] = "as it stands" }).ToArray();
        foreach (var change in right)
            if (await SpeakAsync(change!.AsObject()) is var answer && !answer.StartsWith("250", StringComparison.Ordinal))
                wrong.Add($"refused, {change["why"]}: {answer}");
        Assert.Empty(_site.State.Rejections);
        var taken = _site.State.Smtp.Mails.Sum(mail => mail.Copies);

        var refused = _corpus["refused"]!.AsArray();
        foreach (var change in refused)
            if (await SpeakAsync(change!.AsObject()) is var answer
                && !(answer.StartsWith($"{change["status"]}", StringComparison.Ordinal) && answer.Contains((string)change["says"]!, StringComparison.Ordinal)))
                wrong.Add($"not refused as it should, {change["why"]}: {answer}");

        Assert.Empty(wrong);
        Assert.Equal(right.Length, taken);
        Assert.Equal(taken, _site.State.Smtp.Mails.Sum(mail => mail.Copies));
        Assert.Equal(refused.Count, _site.State.Rejections.Count);
        goal.Reached($"mail: {right.Length} taken, {refused.Count} refused, each with its reason");
    }

    [Fact]
    public async Task Page_Mail_IsShownAsItsReaderSeesIt()
    {
        foreach (var why in new[] { "names beside addresses", "a quoted text", "an answer in a thread" })
            Assert.StartsWith("250", await SpeakAsync(Accepted(why)), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode((await _site.GetAsync("")).Body);

        // The second came under the first one's id: a copy.
        Assert.Contains("from SyncHealth <alerts@example.com> · to ops@example.com · 2026-11-22 12:00:00 UTC · came 2 times", page, StringComparison.Ordinal);
        Assert.Contains("in the thread of its incident", page, StringComparison.Ordinal);
        Assert.Contains(">success 91.2 %, limit at least 95 %</pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("as it stands", "success 91.2 %, limit at least 95 %")]
    [InlineData("a quoted text", "succès 91.2 %, limit at least 95 %")]
    [InlineData("a text in base64", "success 91.2 %, limit at least 95 %")]
    public async Task State_Text_IsDecoded(string why, string text)
    {
        await SpeakAsync(Accepted(why));

        Assert.Equal(text, Assert.Single(_site.State.Smtp.Mails).Text.TrimEnd());
    }

    private JsonObject Accepted(string why) => _corpus["alsoAccepted"]!.AsArray().Prepend(new JsonObject { ["why"] = "as it stands" }).Single(change => (string)change!["why"]! == why)!.AsObject();

    /// <summary>Speaks until something is refused or the message is taken; returns the last answer.</summary>
    private async Task<string> SpeakAsync(JsonObject change)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _site.SmtpPort, patience.Token);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        var answer = await ReadAsync(answers, patience.Token);
        foreach (var command in (change["session"] ?? _corpus["session"])!.AsArray())
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes((string)command! + "\r\n"), patience.Token);
            answer = await ReadAsync(answers, patience.Token);
            if (answer[0] is not ('2' or '3'))
                return answer;
        }

        // What is refused in the middle of a message is answered at once: the rest is written beside the reading.
        var writing = WriteAsync(stream, Encoding.UTF8.GetBytes(MailOf(change) + "\r\n.\r\n"), patience.Token);
        answer = await ReadAsync(answers, patience.Token);
        client.Close();
        await writing;
        return answer;
    }

    private static async Task WriteAsync(NetworkStream stream, byte[] mail, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(mail, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task<string> ReadAsync(StreamReader answers, CancellationToken cancellationToken)
    {
        while (await answers.ReadLineAsync(cancellationToken) is { } line)
            if (line.Length < 4 || line[3] != '-')
                return line;
        return "000 the server hung up";
    }

    private string MailOf(JsonObject change)
    {
        var lines = _corpus["accepted"]!.AsArray().Select(line => (string)line!);
        if ((string?)change["drop"] is { } name)
            lines = lines.Where((line, index) => index > 8 || !line.StartsWith(name + ":", StringComparison.Ordinal));
        var mail = string.Join("\r\n", lines);
        if (change["pad"] is { } length)
            return mail.Replace("success 91.2 %, limit", string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", (int)length / 100)), StringComparison.Ordinal);
        if (change["replace"] is not { } replace)
            return mail;
        var (from, to) = ((string)replace[0]!, (string)replace[1]!);
        return mail.IndexOf(from, StringComparison.Ordinal) is >= 0 and var at
            ? mail[..at] + to + mail[(at + from.Length)..]
            : throw new InvalidOperationException($"{change["why"]}: '{from}' is not in the mail.");
    }
}
