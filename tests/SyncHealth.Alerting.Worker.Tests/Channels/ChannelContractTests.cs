using System.Net;
using System.Text;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels;

/// <summary>What every channel promises: the same answers mean the same, nothing secret is said, nothing too large is sent.</summary>
public abstract class ChannelContractTests
{
    private static readonly ManualTimeProvider Wall = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Name of the channel in the shipped rules, and of its folder.</summary>
    protected abstract string Receiver { get; }

    /// <summary>Options whose every secret contains <c>canary</c>.</summary>
    protected abstract ChannelOptions Options { get; }

    /// <summary>Largest body the vendor takes, in bytes.</summary>
    /// <summary>How long the channel waits after a 429 that says no time; null leaves it to the schedule of retries.</summary>
    protected virtual TimeSpan? Quiet => null;

    protected abstract int MaxBodyBytes { get; }

    /// <summary>Answers to what a channel asks before it delivers.</summary>
    protected abstract ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor);

    [Theory]
    [InlineData(429, DeliveryStatus.Retry, false)]
    [InlineData(408, DeliveryStatus.Retry, true)]
    [InlineData(500, DeliveryStatus.Retry, true)]
    [InlineData(502, DeliveryStatus.Retry, true)]
    [InlineData(503, DeliveryStatus.Retry, true)]
    [InlineData(504, DeliveryStatus.Retry, true)]
    [InlineData(599, DeliveryStatus.Retry, true)]
    [InlineData(301, DeliveryStatus.GiveUp, false)]
    [InlineData(302, DeliveryStatus.GiveUp, false)]
    [InlineData(307, DeliveryStatus.GiveUp, false)]
    [InlineData(400, DeliveryStatus.GiveUp, false)]
    [InlineData(401, DeliveryStatus.GiveUp, false)]
    [InlineData(403, DeliveryStatus.GiveUp, false)]
    [InlineData(404, DeliveryStatus.GiveUp, false)]
    [InlineData(410, DeliveryStatus.GiveUp, false)]
    [InlineData(413, DeliveryStatus.GiveUp, false)]
    public async Task Send_Status_MeansTheSameEverywhere(int status, DeliveryStatus expected, bool mayHaveArrived)
    {
        var delivery = await SendAsync(vendor => vendor.Answer((HttpStatusCode)status, "no"));

        Assert.Equal((expected, mayHaveArrived), (delivery.Status, delivery.MayHaveArrived));
        Assert.StartsWith($"{status}", delivery.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("Sun, 22 Nov 2026 12:01:40 GMT", 100)]
    [InlineData("Sun, 22 Nov 2026 11:00:00 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task Send_RetryAfter_IsReadInBothForms(string header, int? seconds)
    {
        var delivery = await SendAsync(vendor => vendor.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", header)));

        Assert.Equal(seconds ?? (int?)Quiet?.TotalSeconds, (int?)delivery.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public async Task Send_NoAnswer_IsInDoubtOnlyOnceConnected(HttpRequestError error, bool mayHaveArrived)
    {
        var delivery = await SendAsync(vendor => vendor.Answer(_ => throw new HttpRequestException(error)));

        Assert.Equal((DeliveryStatus.Retry, mayHaveArrived), (delivery.Status, delivery.MayHaveArrived));
    }

    [Fact]
    public async Task Send_TimedOut_IsInDoubt()
    {
        var delivery = await SendAsync(vendor => vendor.Answer(_ => throw new TaskCanceledException("timeout", new TimeoutException())));

        Assert.Equal((DeliveryStatus.Retry, true), (delivery.Status, delivery.MayHaveArrived));
    }

    [Fact]
    public async Task Send_AnswerThatNeverEnds_IsCutOffAndInDoubt()
    {
        using var vendor = new ScriptedHttpHandler().Answer(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) });
        using var http = new ChannelHttp(vendor, Wall, timeout: TimeSpan.FromMilliseconds(50));

        var delivery = await Options.Create(http).SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);

        Assert.Equal(DeliveryStatus.Retry, delivery.Status);
        Assert.StartsWith("no answer within", delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_VendorEchoesTheRequest_NoSecretIsRepeated()
    {
        var delivery = await SendAsync(vendor => vendor.Answer(request => new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent($"{request.RequestUri} {request.Headers.Authorization} {request.Content!.ReadAsStringAsync().Result}"),
        }));

        Assert.DoesNotContain("canary", delivery.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize<object>(Options.Secrets), StringComparison.Ordinal);
        Assert.All(Options.Secrets, secret => Assert.Equal("***", secret.ToString()));
    }

    [Fact]
    public async Task Send_HugeAnswer_IsReadOnlyInPart()
    {
        var delivery = await SendAsync(vendor => vendor.Answer(HttpStatusCode.BadRequest, new string('x', 5_000_000)));

        Assert.InRange(delivery.Detail.Length, 1, 250);
    }

    [Fact]
    public async Task Send_HostileNames_StaysWithinTheVendorsRules()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var site = await FakeSite.StartAsync(clock);
        var seen = new List<int>();
        using var http = new ChannelHttp(new SizeRecorder(seen), TimeProvider.System);
        var channel = site.Receivers.Concat(site.OtherReceivers).Single(receiver => receiver.Name == Receiver).Create(http);

        var delivery = await channel.SendAsync(new Notification(Some.Hostile(), null), CancellationToken.None);

        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Assert.Empty(site.State.Rejections);
        AssertHarmless(site.State);
        Assert.All(seen, size => Assert.InRange(size, 1, MaxBodyBytes));
    }

    [Fact]
    public async Task Send_TriggerThenResolve_IsTakenByTheStrictFake()
    {
        await using var site = await FakeSite.StartAsync(Wall);
        using var http = new ChannelHttp(new SocketsHttpHandler(), TimeProvider.System);
        var channel = site.Receivers.Concat(site.OtherReceivers).Single(receiver => receiver.Name == Receiver).Create(http);

        var opened = await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);
        var closed = await channel.SendAsync(new Notification(Some.Resolve(), opened.Reference), CancellationToken.None);

        Assert.Equal((DeliveryStatus.Delivered, DeliveryStatus.Delivered), (opened.Status, closed.Status));
        Assert.Empty(site.State.Rejections);
    }

    /// <summary>Nothing that came from outside links, mentions or formats.</summary>
    protected virtual void AssertHarmless(ReceiverState state)
    {
    }

    /// <summary>Sends a trigger to a vendor that answers as scripted.</summary>
    protected async Task<Delivery> SendAsync(Action<ScriptedHttpHandler> script)
    {
        using var vendor = Prepare(new ScriptedHttpHandler());
        script(vendor);
        using var http = new ChannelHttp(vendor, Wall);
        return await Options.Create(http).SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);
    }

    /// <summary>Sends a message and returns the body of its last request.</summary>
    protected async Task<string> BodyOfAsync(Notification notification, Action<ScriptedHttpHandler> script)
    {
        using var vendor = new ScriptedHttpHandler();
        script(vendor);
        using var http = new ChannelHttp(vendor, Wall);
        Assert.Equal(DeliveryStatus.Delivered, (await Options.Create(http).SendAsync(notification, CancellationToken.None)).Status);
        return vendor.Requests.Last(request => request.Body.Length > 0).Text;
    }

    private sealed class SizeRecorder(List<int> sizes) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
                sizes.Add(Encoding.UTF8.GetByteCount(await request.Content.ReadAsStringAsync(cancellationToken)));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
