using System.Net;
using System.Text.Json;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Health;

public sealed class HealthEndpointsTests : IAsyncLifetime
{
    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await IngestServer.StartAsync(_writer, options => options.MetricsToken = "a-token-for-metrics");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Live_WithoutDatabase_Is200() =>
        Assert.Equal("""{"status":"ok"}""", await _server.Client.GetStringAsync("/healthz"));

    [Fact]
    public async Task Ready_WithoutDatabase_Is503WithTheReason()
    {
        using var response = await _server.Client.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("storage_unavailable", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThem()
    {
        await _server.PostAsync($$"""{"x":1,"events":[{{Taking.EventJson()}},{"type":"later"},{{Taking.EventJson("\"timestamp\":0")}}]}""");
        await _server.PostAsync("{");

        var page = await _server.Client.GetStringAsync("/metrics");

        Assert.Contains("\nsynchealth_events_accepted_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_events_rejected_total{reason=\"invalid_type\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_events_rejected_total{reason=\"timestamp_out_of_range\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_requests_total{status=\"200\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_requests_total{status=\"400\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_unknown_fields_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_commit_duration_seconds_count 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_bodies_in_flight_bytes 0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_Page_IsCleanPrometheusText()
    {
        await _server.PostAsync($$"""{"events":[{{Taking.EventJson()}}]}""");
        Assert.Empty(PrometheusLint.Check(await _server.Client.GetStringAsync("/metrics")));
    }

    [Fact]
    public async Task Metrics_AfterABatch_TellItsSizeItsLagAndThePool()
    {
        await _server.PostAsync($$"""{"events":[{{Taking.EventJson()}},{{Taking.EventJson("\"timestamp\":\"2026-11-22T06:00:00Z\"")}}]}""");

        var page = await _server.Client.GetStringAsync("/metrics");

        Assert.Contains("\nsynchealth_batch_size_events_bucket{le=\"1\"} 0\nsynchealth_batch_size_events_bucket{le=\"5\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_arrival_lag_seconds_bucket{le=\"60\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_arrival_lag_seconds_bucket{le=\"21600\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_arrival_lag_seconds_sum 7201.88\n", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_database_connections{state=\"used\"} ", page, StringComparison.Ordinal);
        Assert.Contains("\nsynchealth_ingest_processes 1\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.1", null, false)]
    [InlineData("Forwarded", "for=10.0.0.1", null, false)]
    [InlineData("X-Forwarded-For", "10.0.0.1", "wrong", false)]
    [InlineData("X-Forwarded-For", "10.0.0.1", "a-token-for-metrics", true)]
    [InlineData("X-Other", "1", null, true)]
    public async Task Metrics_ThroughAProxy_NeedTheToken(string header, string value, string? token, bool mayRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add(header, value);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(mayRead ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
