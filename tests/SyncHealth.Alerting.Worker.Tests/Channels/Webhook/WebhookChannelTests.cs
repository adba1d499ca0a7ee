using System.Net;
using System.Text;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Webhook;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Webhook;

public sealed class WebhookChannelTests : ChannelContractTests
{
    /// <summary>base64 that holds the word "canary".</summary>
    private const string Canary = "whsec_canarycanarycanarycanarycanarycanary0000";

    private const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    protected override string Receiver => "webhook";

    protected override ChannelOptions Options => new WebhookOptions(new Secret(Canary)) { Name = "webhook", Url = new Uri("https://hooks.example.com/alerts") };

    protected override int MaxBodyBytes => 20_000;

    [Fact]
    public async Task Trigger_Body_IsAsReviewed() => Golden.Matches("Webhook", "trigger", await BodyOfAsync(new Notification(Some.Trigger(), null), Accept));

    [Fact]
    public async Task Resolve_Body_IsAsReviewed() => Golden.Matches("Webhook", "resolve", await BodyOfAsync(new Notification(Some.Resolve(), null), Accept));

    [Fact]
    public void Signature_PublishedVector_IsReproduced() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}"""), [new Secret(Other)]));

    [Fact]
    public async Task Retry_KeepsTheIdAndSignsAnew()
    {
        var wall = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.BadGateway).Answer(HttpStatusCode.OK);
        using var http = new ChannelHttp(vendor, wall);
        var channel = Options.Create(http);
        await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);
        wall.Advance(TimeSpan.FromSeconds(5));
        await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);

        var (first, second) = (vendor.Requests[0].Headers, vendor.Requests[1].Headers);
        Assert.Equal(first["webhook-id"], second["webhook-id"]);
        Assert.Equal(5, long.Parse(second["webhook-timestamp"], null) - long.Parse(first["webhook-timestamp"], null));
        Assert.NotEqual(first["webhook-signature"], second["webhook-signature"]);
    }

    [Fact]
    public void Id_TellsBeginningEndAndIncidentsApart() => Assert.Equal(3, new[]
    {
        Some.Trigger(), Some.Trigger() with { InsteadOf = "slack" }, Some.Resolve(), Some.Trigger() with { IncidentKey = "ff" },
    }.Select(WebhookPayload.IdOf).Distinct().Count());

    [Fact]
    public async Task Rotation_EverySecretSigns()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK);
        using var http = new ChannelHttp(vendor, TimeProvider.System);
        var options = new WebhookOptions(new Secret($"{Canary}\n{Other}\n")) { Name = "w", Url = new Uri("https://hooks.example.com/") };

        Assert.Empty(options.Problems());
        await options.Create(http).SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);

        var signatures = vendor.Requests[0].Headers["webhook-signature"].Split(' ');
        Assert.Equal(2, signatures.Distinct().Count());
        Assert.All(signatures, signature => Assert.StartsWith("v1,", signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gone_SwitchesTheReceiverOff() =>
        Assert.True(await SendAsync(vendor => vendor.Answer(HttpStatusCode.Gone)) is { Status: DeliveryStatus.GiveUp, Disables: true });

    [Fact]
    public async Task NotFound_LeavesItOn() => Assert.False((await SendAsync(vendor => vendor.Answer(HttpStatusCode.NotFound))).Disables);

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Problems_SecretThatIsNone_IsNamedAndNotShown(string secret)
    {
        var problem = Assert.Single(new WebhookOptions(new Secret(secret)).Problems());

        Assert.StartsWith("secret: each line must be whsec_", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, problem, StringComparison.Ordinal);
    }

    protected override ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor) => vendor;

    private static void Accept(ScriptedHttpHandler vendor) => vendor.Answer(HttpStatusCode.NoContent);
}
