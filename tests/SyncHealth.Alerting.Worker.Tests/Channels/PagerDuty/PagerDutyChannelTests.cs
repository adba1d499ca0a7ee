using System.Net;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.PagerDuty;

public sealed class PagerDutyChannelTests : ChannelContractTests
{
    protected override string Receiver => "pagerduty";

    protected override ChannelOptions Options => new PagerDutyOptions { Name = "pagerduty", RoutingKey = new Secret("canary0123456789canary0123456789") };

    protected override int MaxBodyBytes => 512 * 1024;

    protected override TimeSpan? Quiet => PagerDutyChannel.Quiet;

    [Fact]
    public async Task Trigger_Body_IsAsReviewed() => Golden.Matches("PagerDuty", "trigger", await BodyOfAsync(new Notification(Some.Trigger(), null), Accept));

    [Fact]
    public async Task Resolve_Body_IsAsReviewed() => Golden.Matches("PagerDuty", "resolve", await BodyOfAsync(new Notification(Some.Resolve(), null), Accept));

    [Theory]
    [InlineData("critical", "critical")]
    [InlineData("error", "error")]
    [InlineData("warning", "warning")]
    [InlineData("ticket", "info")]
    [InlineData("info", "info")]
    public async Task Trigger_Severity_IsOneOfPagerDutysFour(string ours, string theirs) =>
        Assert.Contains($"\"severity\":\"{theirs}\"", await BodyOfAsync(new Notification(Some.Trigger() with { Severity = ours }, null), Accept), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    public void Problems_KeyOfAnotherLength_IsNamed(string key) =>
        Assert.Equal("routingKey: must have 32 characters", Assert.Single(new PagerDutyOptions { RoutingKey = new Secret(key) }.Problems()));

    protected override ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor) => vendor;

    private static void Accept(ScriptedHttpHandler vendor) => vendor.Answer(HttpStatusCode.Accepted, """{"status":"success"}""");
}
