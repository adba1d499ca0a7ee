using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Email;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Email;

/// <summary>E-mail against a mail server that takes nothing by halves.</summary>
public sealed class EmailChannelTests : IAsyncLifetime
{
    private FakeSite _site = null!;
    private ReceiverOptions _server = null!;
    private ChannelHttp _http = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await FakeSite.StartAsync(TimeProvider.System, configure: options => _server = options);
        _http = new ChannelHttp(new SocketsHttpHandler(), TimeProvider.System) { Guard = new TargetGuard(allowPrivate: true) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task BeginningAndEnd_AreOneThread()
    {
        var opened = await SendAsync(Some.Trigger());
        var closed = await SendAsync(Some.Resolve());

        Assert.Equal((DeliveryStatus.Delivered, DeliveryStatus.Delivered), (opened.Status, closed.Status));
        Assert.Empty(_site.State.Rejections);
        var (first, second) = (_site.State.Smtp.Mails[0], _site.State.Smtp.Mails[1]);
        Assert.Equal("[FIRING] notes 2.4.1 cellular: success 91.2 % (limit 95 %), 212 devices", first.Subject);
        Assert.StartsWith("[RESOLVED] notes 2.4.1 cellular: ", second.Subject, StringComparison.Ordinal);
        Assert.Equal((null, first.Id), (first.InReplyTo, second.InReplyTo));
        Assert.Equal(["ops@example.com", "night@example.com"], first.Recipients);
        Assert.Contains("at most 92.6 % with 95 % confidence", first.Raw.Replace("=25", "%", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_HasTheSameMessageId()
    {
        await SendAsync(Some.Trigger());
        await SendAsync(Some.Trigger());

        Assert.Equal(2, Assert.Single(_site.State.Smtp.Mails).Copies);
    }

    [Fact]
    public async Task HostileNames_MakeNoHeaderAndNoMarkup()
    {
        var hostile = Some.Hostile() with { App = "a\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>" };

        Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(hostile)).Status);
        var mail = Assert.Single(_site.State.Smtp.Mails);
        Assert.Empty(_site.State.Rejections);
        Assert.DoesNotContain("\r\nBcc:", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<https://evil", mail.Raw[mail.Raw.IndexOf("text/html", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "421 4.3.2 shutting down", DeliveryStatus.Retry)]
    [InlineData("MAIL", "550 5.7.1 not you", DeliveryStatus.GiveUp)]
    [InlineData("RCPT", "450 4.2.0 greylisted", DeliveryStatus.Retry)]
    [InlineData("RCPT", "550 5.1.1 nobody", DeliveryStatus.GiveUp)]
    [InlineData("DATA", "451 4.3.0 try later", DeliveryStatus.Retry)]
    [InlineData(".", "452 4.3.1 full", DeliveryStatus.Retry)]
    [InlineData(".", "552 5.3.4 too large", DeliveryStatus.GiveUp)]
    public async Task Answer_4xxIsTriedAgainAnd5xxIsNot(string command, string answer, DeliveryStatus expected)
    {
        _server.SmtpAnswer = verb => verb == command ? answer : null;
        var delivery = await SendAsync(Some.Trigger());

        Assert.Equal((expected, false), (delivery.Status, delivery.MayHaveArrived));
        Assert.Contains(answer[..3], delivery.Detail, StringComparison.Ordinal);
        Assert.Empty(_site.State.Smtp.Mails);
    }

    [Fact]
    public async Task OneOfTwoRecipientsIsUnknown_TheOtherIsToldAndItIsSaid()
    {
        var delivery = await SendAsync(Some.Trigger(), options => options.To = "nobody@example.com, ops@example.com");

        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Assert.Contains("but not to 1: 550", delivery.Detail, StringComparison.Ordinal);
        Assert.Equal(["ops@example.com"], Assert.Single(_site.State.Smtp.Mails).Recipients);
    }

    [Fact]
    public async Task WrongPassword_IsRefusedAndNotRepeated()
    {
        var delivery = await SendAsync(Some.Trigger(), options =>
        {
            options.Username = "alerts";
            options.Password = new Secret("canary");
        });

        Assert.Equal(DeliveryStatus.GiveUp, delivery.Status);
        Assert.DoesNotContain("canary", delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RightPassword_SignsIn() => Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(Some.Trigger(), options =>
    {
        options.Username = "alerts";
        options.Password = new Secret("demo");
    })).Status);

    [Fact]
    public async Task ServerWithoutStartTls_IsSentNothing()
    {
        var delivery = await SendAsync(Some.Trigger(), options => options.Tls = EmailTls.StartTls);

        Assert.Equal(DeliveryStatus.GiveUp, delivery.Status);
        Assert.Empty(_site.State.Smtp.Mails);
    }

    [Fact]
    public async Task NobodyListens_IsTriedAgainAndNotInDoubt()
    {
        var port = _site.Fakes.SmtpPort!.Value;
        await _site.DisposeAsync();
        var options = new EmailOptions { Name = "e", Host = "127.0.0.1", Port = port, Tls = EmailTls.None, From = "a@example.com", To = "b@example.com" };

        Assert.True(await options.Create(_http).SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None) is { Status: DeliveryStatus.Retry, MayHaveArrived: false });
        _site = await FakeSite.StartAsync(TimeProvider.System);
    }

    [Fact]
    public async Task PrivateTarget_IsRefusedUnlessAllowed()
    {
        using var guarded = new ChannelHttp(new SocketsHttpHandler(), TimeProvider.System);
        var channel = _site.OtherReceivers.Single(receiver => receiver.Name == "email").Create(guarded);

        Assert.Contains("AllowPrivateTargets", (await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None)).Detail, StringComparison.Ordinal);
        Assert.Empty(_site.State.Smtp.Mails);
    }

    [Theory]
    [InlineData("mail server", 587, "a@b", "c@d", "host:")]
    [InlineData("mail.example.com", 0, "a@b", "c@d", "port:")]
    [InlineData("mail.example.com", 587, "nobody", "c@d", "from:")]
    [InlineData("mail.example.com", 587, "a@b", "", "to:")]
    [InlineData("mail.example.com", 587, "a@b", "c@d, nobody", "to:")]
    [InlineData("mail.example.com", 587, "a@b\r\nBcc: x@y", "c@d", "from:")]
    public void Problems_Mistake_IsNamed(string host, int port, string from, string to, string key) => Assert.StartsWith(
        key, Assert.Single(new EmailOptions { Host = host, Port = port, From = from, To = to }.Problems()), StringComparison.Ordinal);

    [Fact]
    public void Problems_PasswordInTheClear_IsRefused() => Assert.StartsWith("tls:", Assert.Single(new EmailOptions
    {
        Host = "mail.example.com", From = "a@b.c", To = "c@d.e", Tls = EmailTls.None, Username = "u", Password = new Secret("p"),
    }.Problems()), StringComparison.Ordinal);

    private Task<Delivery> SendAsync(AlertMessage message, Action<EmailOptions>? configure = null)
    {
        var options = (EmailOptions)_site.OtherReceivers.Single(receiver => receiver.Name == "email");
        configure?.Invoke(options);
        return options.Create(_http).SendAsync(new Notification(message, null), CancellationToken.None);
    }
}
