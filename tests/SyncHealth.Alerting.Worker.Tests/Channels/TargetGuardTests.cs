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

    [Theory]
    [InlineData("8.8.8.8")]
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

    [Fact]
    public async Task Send_PrivateTargetWhereAllowed_Arrives()
    {
        await using var site = await FakeSite.StartAsync(TimeProvider.System);
        using var http = new ChannelHttp(ChannelHttp.CreateHandler(allowPrivateTargets: true), TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address, "receivers/state"));

        Assert.Equal(200, (await http.SendAsync(request, [], CancellationToken.None)).Status);
    }
}
