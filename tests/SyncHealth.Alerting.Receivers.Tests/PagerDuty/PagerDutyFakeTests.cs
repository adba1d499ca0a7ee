using System.Net;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.PagerDuty;

public sealed class PagerDutyFakeTests : IAsyncLifetime
{
    private const string Path = "pagerduty/v2/enqueue";

    private const string Trigger = """
        { "routing_key": "0123456789abcdef0123456789abcdef", "event_action": "trigger", "dedup_key": "k1",
          "payload": { "summary": "it is broken", "source": "notes", "severity": "critical", "timestamp": "2026-11-22T12:00:00Z", "custom_details": { "a": "b" } },
          "links": [ { "href": "https://example.com" } ], "images": [ { "src": "https://example.com/a.png" } ] }
        """;

    private static readonly string Resolve = Trigger.Replace("\"trigger\"", "\"resolve\"", StringComparison.Ordinal);
    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Trigger_Correct_OpensAnIncident()
    {
        var (status, body) = await _site.PostAsync(Path, Trigger);

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Contains("\"dedup_key\":\"k1\"", body, StringComparison.Ordinal);
        Assert.Equal(("k1", "it is broken", "open"), (_site.State.PagerDuty.Incidents[0].DedupKey, _site.State.PagerDuty.Incidents[0].Summary, _site.State.PagerDuty.Incidents[0].Status));
    }

    [Fact]
    public async Task Trigger_OnAnOpenIncident_JoinsIt()
    {
        await _site.PostAsync(Path, Trigger);
        await _site.PostAsync(Path, Trigger);

        Assert.Equal(2, Assert.Single(_site.State.PagerDuty.Incidents).Triggers);
    }

    [Fact]
    public async Task Trigger_AfterResolve_OpensAnother()
    {
        await _site.PostAsync(Path, Trigger);
        await _site.PostAsync(Path, Resolve);
        await _site.PostAsync(Path, Trigger);

        Assert.Equal(["resolved", "open"], _site.State.PagerDuty.Incidents.Select(incident => incident.Status));
    }

    [Fact]
    public async Task Resolve_WithoutIncident_IsTakenAndDropped()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await _site.PostAsync(Path, Resolve)).Status);
        Assert.Empty(_site.State.PagerDuty.Incidents);
    }

    [Fact]
    public async Task Trigger_SameKeyOfAnotherService_IsAnotherIncident()
    {
        await _site.PostAsync(Path, Trigger);
        await _site.PostAsync(Path, ReceiverSite.Change(Trigger, "0123456789abcdef0123456789abcdef", "f123456789abcdef0123456789abcdef"));

        Assert.Equal(2, _site.State.PagerDuty.Incidents.Count);
    }

    [Theory]
    [InlineData("\"routing_key\": \"0123456789abcdef0123456789abcdef\"", "\"routing_key\": \"short\"", "Length of 'routing_key' is incorrect (should be 32 characters)")]
    [InlineData("\"routing_key\"", "\"routing_ky\"", "'routing_key' is missing")]
    [InlineData("\"trigger\"", "\"fire\"", "'event_action'")]
    [InlineData("\"dedup_key\": \"k1\"", "\"dedup_key\": \"\"", "'dedup_key'")]
    [InlineData("\"dedup_key\": \"k1\"", "\"dedup_key\": 7", "'dedup_key'")]
    [InlineData("\"payload\"", "\"pay\"", "'payload' is missing")]
    [InlineData("\"it is broken\"", "\"\"", "'payload.summary'")]
    [InlineData("\"source\": \"notes\"", "\"source\": \"\"", "'payload.source'")]
    [InlineData("\"critical\"", "\"ticket\"", "'payload.severity'")]
    [InlineData("\"2026-11-22T12:00:00Z\"", "\"noon\"", "'payload.timestamp'")]
    [InlineData("{ \"a\": \"b\" }", "\"a=b\"", "'payload.custom_details'")]
    [InlineData("\"href\": \"https://example.com\"", "\"href\": \"/here\"", "'links.href'")]
    [InlineData("https://example.com/a.png", "http://example.com/a.png", "'images.src'")]
    public async Task Trigger_Malformed_IsRefusedAsPagerDutyWould(string from, string to, string reason)
    {
        var (status, body) = await _site.PostAsync(Path, ReceiverSite.Change(Trigger, from, to));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"status\":\"invalid event\"", body, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(_site.State.Rejections).Reason, StringComparison.Ordinal);
        Assert.Empty(_site.State.PagerDuty.Incidents);
    }

    [Theory]
    [InlineData(1024, HttpStatusCode.Accepted)]
    [InlineData(1025, HttpStatusCode.BadRequest)]
    public async Task Trigger_LongSummary_IsCountedInCodePoints(int length, HttpStatusCode expected) =>
        Assert.Equal(expected, (await _site.PostAsync(Path, ReceiverSite.Change(Trigger, "it is broken", string.Concat(Enumerable.Repeat("é", length))))).Status);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Post_NoObject_IsRefused(string body) => Assert.Equal(HttpStatusCode.BadRequest, (await _site.PostAsync(Path, body)).Status);

    [Fact]
    public async Task Post_TooLarge_IsRefused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _site.PostAsync(Path, new string('x', 600_000))).Status);

    [Fact]
    public async Task Trigger_MoreThanAreKept_ForgetsTheOldestAndStillResolvesTheRest()
    {
        for (var number = 0; number < 502; number++)
        {
            _site.Wall.Advance(TimeSpan.FromSeconds(1));
            await _site.PostAsync(Path, ReceiverSite.Change(Trigger, "\"k1\"", $"\"k{number}\""));
        }

        await _site.PostAsync(Path, ReceiverSite.Change(Resolve, "\"k1\"", "\"k300\""));

        Assert.Equal(500, _site.State.PagerDuty.Incidents.Count);
        Assert.Equal("k300", Assert.Single(_site.State.PagerDuty.Incidents, incident => incident.Status == "resolved").DedupKey);
    }

    [Fact]
    public async Task Trigger_MoreThanAMinuteHolds_IsRefusedPerKeyAndNotTaken()
    {
        for (var number = 0; number < 120; number++)
            Assert.Equal(HttpStatusCode.Accepted, (await _site.PostAsync(Path, ReceiverSite.Change(Trigger, "\"k1\"", $"\"k{number}\""))).Status);

        var late = ReceiverSite.Change(Trigger, "\"k1\"", "\"late\"");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _site.PostAsync(Path, late)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await _site.PostAsync(Path, ReceiverSite.Change(late, "0123456789abcdef0123456789abcdef", "f123456789abcdef0123456789abcdef"))).Status);
        Assert.Equal(121, _site.State.PagerDuty.Incidents.Count);

        _site.Wall.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _site.PostAsync(Path, late)).Status);
        _site.Wall.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(HttpStatusCode.Accepted, (await _site.PostAsync(Path, late)).Status);
    }
}
