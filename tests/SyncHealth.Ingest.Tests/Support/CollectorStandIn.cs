using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>
/// Stands where an OpenTelemetry collector would: takes OTLP/JSON and answers at once, as a collector with a queue does; later it puts what several devices sent
/// into one request of its own, without their headers, and sends that again when it does not know whether it arrived.
/// </summary>
internal sealed class CollectorStandIn(Uri logs, string key) : HttpMessageHandler
{
    private readonly List<JsonObject> _held = [];

    /// <summary>Requests that devices made.</summary>
    public int Taken { get; private set; }

    /// <summary>Sends everything held, so often.</summary>
    public async Task ExportAsync(HttpClient client, int times, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["resourceLogs"] = new JsonArray([.. _held.Select(resource => resource.DeepClone())]) }.ToJsonString();
        for (var time = 0; time < times; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, logs) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-SyncHealth-Key", key);
            using var answer = await client.SendAsync(request, cancellationToken);
            Assert.Equal("{}", await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("/v1/logs", request.RequestUri!.AbsolutePath);
        await using var body = new GZipStream(await request.Content!.ReadAsStreamAsync(cancellationToken), CompressionMode.Decompress);
        var logsData = await JsonNode.ParseAsync(body, cancellationToken: cancellationToken);
        lock (_held)
        {
            Taken++;
            _held.AddRange(logsData!["resourceLogs"]!.AsArray().Select(resource => (JsonObject)resource!.DeepClone()));
        }

        var answer = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("{}") };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return answer;
    }
}
