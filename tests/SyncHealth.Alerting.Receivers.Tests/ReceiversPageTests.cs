using System.Text.Json;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests;

public sealed class ReceiversPageTests : IAsyncLifetime
{
    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Page_NothingYet_SaysSo() => Assert.Contains("No incidents yet.", (await _site.GetAsync("")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task Page_WhatArrived_IsShownAsTextNeverAsMarkup()
    {
        await _site.PostAsync("slack/services/T/B/X", """{ "text": "alpha" }""");
        await _site.PostAsync("slack/services/T/B/X", """{ "text": "<script>alert(1)</script> omega" }""");
        await _site.PostAsync("pagerduty/v2/enqueue", "{}");
        var page = (await _site.GetAsync("")).Body;

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(page.IndexOf("omega", StringComparison.Ordinal), 1, page.IndexOf("alpha", StringComparison.Ordinal));
        Assert.Contains("Refused (1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Comments_TellWhatHappenedWithoutAClickAndTheRestWithOne()
    {
        await _site.PostAsync("jira/rest/api/3/issue", """{ "fields": { "project": { "key": "OPS" }, "issuetype": { "name": "Bug" }, "summary": "FIRING notes", "labels": ["alert-1"] } }""");
        await _site.PostAsync("jira/rest/api/3/issue/OPS-1/comment", """
            { "body": { "type": "doc", "version": 1, "content": [
              { "type": "paragraph", "content": [{ "type": "text", "text": "RESOLVED notes" }] }, { "type": "paragraph", "content": [{ "type": "text", "text": "Value: 99 %" }] }] } }
            """);

        Assert.Contains("<li>comment: RESOLVED notes<details><summary>more</summary><pre>Value: 99 %</pre></details></li>", (await _site.GetAsync("")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_Json_HasTheNamesThatChecksRely()
    {
        await _site.PostAsync("slack/services/T/B/X", """{ "text": "hello" }""");
        await _site.PostAsync("pagerduty/v2/enqueue", """{ "routing_key": "0123456789abcdef0123456789abcdef", "event_action": "trigger", "dedup_key": "k", "payload": { "summary": "s", "source": "n", "severity": "info" } }""");
        using var state = JsonDocument.Parse((await _site.GetAsync("state")).Body);

        var incident = state.RootElement.GetProperty("pagerduty").GetProperty("incidents")[0];
        Assert.Equal(["dedupKey", "summary", "source", "severity", "status", "triggers", "openedAt", "resolvedAt"], incident.EnumerateObject().Select(member => member.Name));
        Assert.Equal("hello", state.RootElement.GetProperty("slack").GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Equal(0, state.RootElement.GetProperty("jira").GetProperty("issues").GetArrayLength());
        Assert.Equal(0, state.RootElement.GetProperty("rejections").GetArrayLength());
    }
}
