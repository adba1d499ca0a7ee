using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.Webhook;

public sealed class WebhookFakeTests : IAsyncLifetime
{
    private const string Body = """{"type": "alert.triggered", "timestamp": "2026-11-22T12:00:00Z", "data": {"headline": "FIRING notes"}}""";

    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Post_Signed_IsKeptOnceHoweverOftenItComes()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Body));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Body));

        var message = Assert.Single(_site.State.Webhook.Messages);
        Assert.Equal(("msg_1", "alert.triggered", "FIRING notes", 2), (message.Id, message.Type, message.Headline, message.Copies));
    }

    [Theory]
    [InlineData(-300, HttpStatusCode.NoContent)]
    [InlineData(-301, HttpStatusCode.Unauthorized)]
    [InlineData(300, HttpStatusCode.NoContent)]
    [InlineData(301, HttpStatusCode.Unauthorized)]
    public async Task Post_OutsideFiveMinutes_IsRefused(int seconds, HttpStatusCode expected) => Assert.Equal(expected, await PostAsync(Body, age: seconds));

    [Fact]
    public async Task Post_OneByteChanged_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Body, sent: Body.Replace(": ", ":", StringComparison.Ordinal)));

    [Fact]
    public async Task Post_AnotherSecret_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Body, secret: Convert.ToBase64String(new byte[24])));

    [Fact]
    public async Task Post_OneOfSeveralSignatures_IsEnough() => Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Body, before: "v1,bm90aGluZw== v2,x "));

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("msg.1", HttpStatusCode.BadRequest)]
    public async Task Post_IdThatCouldBeConfused_IsRefused(string id, HttpStatusCode expected) => Assert.Equal(expected, await PostAsync(Body, id: id));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"type": "", "timestamp": "2026-11-22T12:00:00Z", "data": {}}""")]
    [InlineData("""{"type": "a", "timestamp": "noon", "data": {}}""")]
    [InlineData("""{"type": "a", "timestamp": "2026-11-22T12:00:00Z"}""")]
    public async Task Post_Malformed_IsRefused(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body));
        Assert.Empty(_site.State.Webhook.Messages);
        Assert.Equal("webhook", Assert.Single(_site.State.Rejections).Vendor);
    }

    [Fact]
    public async Task Post_MoreThanTwentyKilobytes_IsRefused() => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Body + new string(' ', 20 * 1024)));

    [Fact]
    public async Task Post_AnotherType_IsRefused() => Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(Body, type: "text/plain"));

    private async Task<HttpStatusCode> PostAsync(
        string body, string? sent = null, int age = 0, string? secret = null, string id = "msg_1", string before = "", string type = "application/json")
    {
        var at = _site.Wall.GetUtcNow().ToUnixTimeSeconds() - age;
        var key = Convert.FromBase64String(secret ?? new ReceiverOptions().WebhookSecret["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{at}.{body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = new StringContent(sent ?? body, Encoding.UTF8, type) };
        if (id.Length > 0)
            request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", $"{before}v1,{signature}");
        return await _site.SendAsync(request);
    }
}
