using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SyncHealth.Host.Commands;
using Xunit;

namespace SyncHealth.Host.Tests.Commands;

/// <summary><c>doctor --key</c>: what every answer means for whoever asks "is it working?".</summary>
public sealed class KeyCheckTests
{
    [Theory]
    [InlineData("200 OK", "application/json", """{"accepted":0,"duplicates":0,"rejected":[]}""", true, "Works: ")]
    [InlineData("401 Unauthorized", "application/problem+json", """{"code":"unauthorized","detail":"The key is unknown."}""", false, "refuses this key (401): The key is unknown. `./synchealth keys list`")]
    [InlineData("503 Service Unavailable", "application/problem+json", """{"code":"overloaded","detail":"Too much at once."}""", false, "asks for patience (503): Too much at once.")]
    [InlineData("413 Content Too Large", "application/problem+json", """{"code":"too_large","detail":"Too large."}""", false, "answers 413: Too large.")]
    [InlineData("200 OK", "text/html", "<html>Welcome to Train WiFi</html>", false, "not as SyncHealth does")]
    [InlineData("200 OK", "application/json", """[1]""", false, "not as SyncHealth does")]
    [InlineData("307 Temporary Redirect", "text/plain", "", false, "answers 307, but not as SyncHealth does")]
    public async Task Ask_Answer_IsOneLineThatSaysWhatToDo(string status, string mediaType, string body, bool works, string says)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(server, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n{body}"));

        var check = await KeyCheck.AskAsync(AddressOf(server), "shk_secret", TestContext.Current.CancellationToken);

        Assert.StartsWith("POST /v1/events ", await asked, StringComparison.Ordinal);
        Assert.Equal((works, int.Parse(status.AsSpan(0, 3), CultureInfo.InvariantCulture)), (check.Works, check.Status));
        Assert.Contains(says, check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("shk_secret", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NobodyThere_SaysSo()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = AddressOf(server);
        server.Stop();

        var check = await KeyCheck.AskAsync(address, "shk_secret", TestContext.Current.CancellationToken);

        Assert.Equal((false, 0), (check.Works, check.Status));
        Assert.Contains($"{address}v1/events does not answer", check.Text, StringComparison.Ordinal);
    }

    private static Uri AddressOf(TcpListener server) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/"));

    /// <summary>Answers one request, and says what was asked.</summary>
    private static async Task<string> AnswerAsync(TcpListener server, string answer)
    {
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[8 * 1024];
        var request = new StringBuilder();
        // The body is the last that comes.
        while (!request.ToString().EndsWith("]}", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request.ToString();
    }
}
