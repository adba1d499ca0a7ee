using System.Net;
using SyncHealth.Alerting.Worker.Channels;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels;

public sealed class TargetGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void IsPublic_SpecialPurposeAddress_IsNot(string address) => Assert.False(TargetGuard.IsPublic(IPAddress.Parse(address)));

    /// <summary>First and last address of each network of the registries.</summary>
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "239.255.255.255")]
    [InlineData("240.0.0.0", "255.255.255.255")]
    [InlineData("::", "::ffff:ffff")]
    [InlineData("64:ff9b::", "64:ff9b::ffff:ffff")]
    [InlineData("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("100::", "100::ffff:ffff:ffff:ffff")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void IsPublic_EndsOfASpecialPurposeNetwork_AreNot(string first, string last) =>
        Assert.Equal((false, false), (TargetGuard.IsPublic(IPAddress.Parse(first)), TargetGuard.IsPublic(IPAddress.Parse(last))));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void IsPublic_AddressOfTheInternet_Is(string address) => Assert.True(TargetGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("127.1")]
    [InlineData("0.0.0.0")]
    [InlineData("hooks.slack.com@127.0.0.1")]
    [InlineData("hooks.slack.com:443@localhost")]
    public async Task Send_PrivateTargetInAnySpelling_IsRefusedBeforeAnythingIsSent(string host)
    {
        var clock = TimeProvider.System;
        await using var site = await FakeSite.StartAsync(clock);
        using var http = new ChannelHttp(ChannelHttp.CreateHandler(allowPrivateTargets: false), clock);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}:{site.Address.Port}/receivers/slack/services/a/b/c");

        var answer = await http.SendAsync(request, [], CancellationToken.None);

        Assert.Equal(DeliveryStatus.GiveUp, answer.Failure?.Status);
        Assert.Contains("AllowPrivateTargets", answer.Failure!.Detail, StringComparison.Ordinal);
        Assert.Empty(site.State.Rejections);
    }

    /// <summary>A name whose owner changes its answer: it is asked once a connection, and what it answered is what is connected to.</summary>
    [Fact]
    public async Task Connect_NameOfTheHouse_IsAskedOnceAndRefused()
    {
        var asked = 0;
        var guard = new TargetGuard(allowPrivate: false, (_, _) => Task.FromResult<IPAddress[]>(++asked == 1 ? [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")] : [IPAddress.Parse("8.8.8.8")]));

        await Assert.ThrowsAsync<TargetRefusedException>(async () => await guard.ConnectAsync("hooks.example.com", 443, CancellationToken.None));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Connect_GoesToTheVettedAddressAndAsksForTheNameNoSecondTime()
    {
        await using var site = await FakeSite.StartAsync(TimeProvider.System);
        var asked = 0;
        var guard = new TargetGuard(allowPrivate: true, (_, _) => Task.FromResult<IPAddress[]>(++asked == 1 ? [IPAddress.Loopback] : []));

        await using var stream = await guard.ConnectAsync("a-name-that-nobody-knows.invalid", site.Address.Port, CancellationToken.None);
        Assert.Equal((true, 1), (stream.CanWrite, asked));
    }

    [Fact]
    public void Handler_FollowsNoRedirectAndAsksNoProxy()
    {
        using var handler = ChannelHttp.CreateHandler(allowPrivateTargets: false);

        Assert.Equal((false, false, false), (handler.AllowAutoRedirect, handler.UseProxy, handler.UseCookies));
    }

    [Fact]
    public async Task Send_PrivateTargetWhereAllowed_Arrives()
    {
        await using var site = await FakeSite.StartAsync(TimeProvider.System);
        using var http = new ChannelHttp(ChannelHttp.CreateHandler(allowPrivateTargets: true), TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address, "receivers/state"));

        Assert.Equal(200, (await http.SendAsync(request, [], CancellationToken.None)).Status);
    }
}
