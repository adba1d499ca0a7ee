using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Otlp;
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
        var (rejected, message) = NumberAndText(Single(await proto.Content.ReadAsByteArrayAsync()));
        Assert.Equal(1UL, rejected);
        Assert.Contains(ReasonCodes.TypeRequired, message, StringComparison.Ordinal);
        Assert.Matches("""^\{"partialSuccess":\{"rejectedLogRecords":"1","errorMessage":"1 . type_required: .+"\}\}$""", System.Text.RegularExpressions.Regex.Unescape(await json.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_NoProtobuf_IsAStatusInProtobuf()
    {
        using var response = await PostAsync([0xFF, 0xFF]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType!.MediaType);
        var (code, message) = NumberAndText(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(3UL, code);
        Assert.StartsWith(ReasonCodes.MalformedBody, message, StringComparison.Ordinal);
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
        Assert.Equal(16UL, NumberAndText(await response.Content.ReadAsByteArrayAsync()).Number);
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

    private static byte[] Single(byte[] message)
    {
        var reader = new ProtoReader(message);
        Assert.True(reader.Next());
        Assert.Equal(1, reader.Field);
        return reader.Bytes.ToArray();
    }

    private static (ulong Number, string Text) NumberAndText(byte[] message)
    {
        var reader = new ProtoReader(message);
        Assert.True(reader.Next());
        var number = reader.Number;
        Assert.True(reader.Next());
        Assert.Equal(2, reader.Field);
        return (number, Encoding.UTF8.GetString(reader.Bytes));
    }
}
