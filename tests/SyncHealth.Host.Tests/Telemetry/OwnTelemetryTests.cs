using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Host.Tests.Roles;
using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Host.Tests.Telemetry;

/// <summary>A collector on loopback takes what the platform says about itself.</summary>
public sealed class OwnTelemetryTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();
    private WebApplication _collector = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _collector = builder.Build();
        _collector.Run(TakeAsync);
        await _collector.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _collector.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("/under/a/path")]
    public async Task Platform_WithACollector_TellsItWhatIngestDid(string path)
    {
        await using (var platform = await RunningPlatform.StartAsync($$$"""{"Telemetry":{"OtlpEndpoint":"{{{_collector.Urls.Single()}}}{{{path}}}"}}"""))
        {
            await PostAsync(platform);
            // A stop flushes: nothing here waits for an export interval.
            await platform.StopAsync();
        }

        var metrics = _received[path + "/v1/metrics"].ToString();
        Assert.All(
            ["synchealth.ingest.events.accepted", "synchealth.ingest.events.duplicate", "synchealth.ingest.events.rejected", "timestamp_out_of_range", "synchealth.ingest.batch.size",
             "synchealth.ingest.commit.duration", "synchealth.ingest.arrival.lag", "db.client.connection.count", "http.server.request.duration", "dotnet.gc.collections"],
            (string name) => Assert.Contains(name, metrics, StringComparison.Ordinal));
        var traces = _received[path + "/v1/traces"].ToString();
        Assert.All(["POST /v1/events", "ingest events", "commit", "synchealth.events.accepted"], (string name) => Assert.Contains(name, traces, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Platform_CollectorGone_StartsServesAndStops()
    {
        await using var platform = await RunningPlatform.StartAsync("""{"Telemetry":{"OtlpEndpoint":"http://127.0.0.1:1"}}""");
        await PostAsync(platform);
        await platform.StopAsync();
    }

    [Theory]
    [InlineData("collector")]
    [InlineData("ftp://collector")]
    public async Task Platform_AddressThatIsNone_NamesTheKey(string address)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => RunningPlatform.StartAsync($$$"""{"Telemetry":{"OtlpEndpoint":"{{{address}}}"}}"""));
        Assert.Equal(ExitCodes.Configuration, refusal.ExitCode);
        Assert.Contains("SYNCHEALTH__Telemetry__OtlpEndpoint", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task PostAsync(RunningPlatform platform)
    {
        var key = await platform.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "test", [], CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        request.Content = new StringContent($$"""{"events":[{"timestamp":{{now}},"type":"delta","success":true,"durationMs":812},{"timestamp":0,"type":"delta","success":true,"durationMs":1}]}""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await platform.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Names and texts stand in protobuf as they are, so a test can look for them without a decoder.</summary>
    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var body = await reader.ReadToEndAsync();
        var text = _received.GetOrAdd(context.Request.Path.Value!, _ => new StringBuilder());
        lock (text)
            text.Append(body);
    }
}
