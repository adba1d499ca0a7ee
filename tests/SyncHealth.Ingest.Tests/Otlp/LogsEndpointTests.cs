using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Otlp.Oracle;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

public sealed class LogsEndpointTests : IAsyncLifetime
{
    private static readonly (string, object)[] Resource = [("service.name", "notes")];

    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await IngestServer.StartAsync(_writer);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The real exporter of the .NET SDK, as an app would use it, with nothing of ours.</summary>
    [Fact]
    public void Post_DotNetExporter_ArrivesAsAnEvent()
    {
        // The exporter stamps records with the wall clock.
        _server.Clock.Advance(TimeProvider.System.GetUtcNow() - _server.Clock.GetUtcNow());
        using (var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("notes", serviceVersion: "2.4.1", autoGenerateServiceInstanceId: false, serviceInstanceId: "i1")
                .AddAttributes([new("os.name", "android"), new("app.installation.id", "d1")]));
            options.AddProcessor(new SimpleLogRecordExportProcessor(new OtlpLogExporter(new OtlpExporterOptions
            {
                Protocol = OtlpExportProtocol.HttpProtobuf,
                Endpoint = new Uri(_server.Client.BaseAddress!, "/v1/logs"),
                Headers = $"X-SyncHealth-Key={FixedKeys.Notes}",
            })));
        })))
        {
            KeyValuePair<string, object?>[] attributes =
            [
                new("sync.type", "delta"), new("sync.success", true), new("sync.duration_ms", 812.5), new("sync.queue_depth", 3), new("sync.retries", 1L),
                new("network.connection.type", "wifi"), new("sync.event.id", "e1"), new("sync.conflict.lww", 2),
            ];
            factory.CreateLogger("sync").Log(LogLevel.Information, new EventId(1, "sync.attempt"), attributes, null, static (_, _) => "synced");
        }

        var row = Assert.Single(_writer.Last.Events);
        Assert.Equal(new("notes", "production", "2.4.1", "android", "", "wifi", "delta", "unknown"), row.Segment);
        Assert.Equal((SyncOutcome.Success, 812, 3, 1, 2), (row.Outcome, row.DurationMs, row.QueuedItems, row.Retries, row.ConflictCount));
        Assert.Equal(Taking.Hasher.DeviceKey("notes", "d1"), row.DeviceKey);
    }

    [Fact]
    public async Task Post_GoodProtobuf_IsAnEmpty200()
    {
        using var response = await PostAsync(Body(OtlpBody.Record("sync.open", IngestServer.Start)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Single(_writer.Last.Events);
    }

    [Fact]
    public async Task Post_GzippedProtobuf_IsRead()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Body(OtlpBody.Record("sync.open", IngestServer.Start)));

        using var response = await PostAsync(packed.ToArray(), gzip: true);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(_writer.Last.Events);
    }

    [Fact]
    public async Task Post_GoodJson_IsAnEmptyObject()
    {
        using var response = await PostAsync("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1795334400000000000,"eventName":"sync.open"}]}]}]}""");

        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(IngestServer.Start, Assert.Single(_writer.Last.Events).DeviceAt);
    }

    [Fact]
    public async Task Post_BrokenRecord_IsAPartialSuccess()
    {
        using var proto = await PostAsync(Body(OtlpBody.Record("sync.open", IngestServer.Start), OtlpBody.Record("sync.attempt", IngestServer.Start)));
        using var json = await PostAsync("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795334400000000000","eventName":"sync.attempt"}]}]}]}""");

        Assert.Equal(HttpStatusCode.OK, proto.StatusCode);
        var partial = ExportLogsServiceResponse.Parser.ParseFrom(await proto.Content.ReadAsByteArrayAsync()).PartialSuccess;
        Assert.Equal(1, partial.RejectedLogRecords);
        Assert.Contains(ReasonCodes.TypeRequired, partial.ErrorMessage, StringComparison.Ordinal);
        Assert.Matches("""^\{"partialSuccess":\{"rejectedLogRecords":"1","errorMessage":"1 . type_required: .+"\}\}$""", System.Text.RegularExpressions.Regex.Unescape(await json.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_NoProtobuf_IsAStatusInProtobuf()
    {
        using var response = await PostAsync([0xFF, 0xFF]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType!.MediaType);
        var status = Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(3, status.Code);
        Assert.StartsWith(ReasonCodes.MalformedBody, status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoDatabase_IsAStatusInJsonWithRetryAfter()
    {
        _writer.Status = WriteStatus.Unavailable;

        using var response = await PostAsync("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795334400000000000","eventName":"sync.open"}]}]}]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.StartsWith("""{"code":14,"message":"storage_unavailable: """, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutKey_IsAStatus()
    {
        using var response = await _server.PostAsync("/v1/logs", new ByteArrayContent([]) { Headers = { ContentType = new("application/x-protobuf") } }, key: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(16, Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Code);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-protobuf; charset=latin1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("APPLICATION/X-PROTOBUF", HttpStatusCode.OK)]
    public async Task Post_ContentType_DecidesAboutTheBody(string contentType, HttpStatusCode expected)
    {
        var content = new ByteArrayContent(Body(OtlpBody.Record("sync.open", IngestServer.Start)));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await _server.PostAsync("/v1/logs", content, FixedKeys.Notes);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("wifi", "wifi")]
    [InlineData("cell", "cellular")]
    [InlineData("wired", "ethernet")]
    [InlineData("unavailable", "none")]
    [InlineData("unknown", "unknown")]
    [InlineData("satellite", "unknown")]
    public async Task Post_ConnectionType_IsOurNetwork(string sent, string stored)
    {
        using var response = await PostAsync(Body(OtlpBody.Record("sync.open", IngestServer.Start, ("network.connection.type", sent))));

        Assert.Equal(stored, Assert.Single(_writer.Last.Events).Segment.Network);
    }

    /// <summary>A page may read what it did wrong, too.</summary>
    [Theory]
    [InlineData(FixedKeys.Origin, true)]
    [InlineData("https://elsewhere.example", false)]
    public async Task Post_BrokenBodyFromAPage_ItsKeysOriginMayReadTheStatus(string origin, bool isAllowed)
    {
        var content = new ByteArrayContent([0xFF, 0xFF]) { Headers = { ContentType = new("application/x-protobuf") } };

        using var response = await _server.PostAsync("/v1/logs", content, FixedKeys.Notes, request => request.Headers.Add("Origin", origin));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(isAllowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
    }

    private static byte[] Body(params byte[][] records) => OtlpBody.Request(OtlpBody.ResourceLogs(Resource, records));

    private Task<HttpResponseMessage> PostAsync(string json) =>
        _server.PostAsync("/v1/logs", new StringContent(json, Encoding.UTF8, "application/json"), FixedKeys.Notes);

    private Task<HttpResponseMessage> PostAsync(byte[] body, bool gzip = false)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (gzip)
            content.Headers.ContentEncoding.Add("gzip");
        return _server.PostAsync("/v1/logs", content, FixedKeys.Notes);
    }
}
