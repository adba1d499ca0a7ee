using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Events;

public sealed class EventsEndpointTests : IAsyncLifetime
{
    private static readonly string Batch = $$"""{"resource":{"app":"notes"},"events":[{{Taking.EventJson()}}]}""";

    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await IngestServer.StartAsync(_writer);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Post_GoodBatch_AnswersCountsAfterTheWriter()
    {
        using var response = await _server.PostAsync(Batch);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(IngestServer.Start, _writer.Last.ReceivedAt);
    }

    [Fact]
    public async Task Post_OneBadEvent_CostsTheOthersNothing()
    {
        using var response = await _server.PostAsync($$"""{"events":[{{Taking.EventJson()}},{"type":"delta"},{{Taking.EventJson()}}]}""");

        var answer = await Json(response);
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray().ToArray());
        Assert.Equal(1, rejected.GetProperty("index").GetInt32());
        Assert.Equal(ReasonCodes.TimestampRequired, rejected.GetProperty("code").GetString());
        Assert.NotEmpty(rejected.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Post_EmptyBatch_IsFine()
    {
        using var response = await _server.PostAsync("""{"events":[]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(_writer.Batches);
    }

    [Theory]
    [InlineData(null, ReasonCodes.KeyRequired)]
    [InlineData("wrong", ReasonCodes.InvalidKey)]
    public async Task Post_WithoutGoodKey_Is401(string? key, string code)
    {
        using var response = await _server.PostAsync("/v1/events", Content(Batch), key);

        await AssertProblem(response, 401, code);
        Assert.Empty(_writer.Batches);
    }

    [Fact]
    public async Task Post_KeyInOwnHeader_IsTaken()
    {
        using var response = await _server.PostAsync("/v1/events", Content(Batch), key: null, request => request.Headers.Add("X-SyncHealth-Key", FixedKeys.Notes));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_KeyCannotBeLookedUp_Is503AndNot401()
    {
        using var response = await _server.PostAsync(Batch, FixedKeys.Away);

        await AssertProblem(response, 503, ReasonCodes.StorageUnavailable);
    }

    [Theory]
    [InlineData(WriteStatus.Unavailable, ReasonCodes.StorageUnavailable)]
    [InlineData(WriteStatus.Overloaded, ReasonCodes.Overloaded)]
    [InlineData(WriteStatus.ShuttingDown, ReasonCodes.ShuttingDown)]
    public async Task Post_NotCommitted_Is503WithRetryAfter(WriteStatus status, string code)
    {
        _writer.Status = status;

        using var response = await _server.PostAsync(Batch);

        await AssertProblem(response, 503, code);
        Assert.True(response.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"events":{}}""")]
    [InlineData("""{"events":[]} trailing""")]
    public async Task Post_NoBatch_Is400(string body)
    {
        using var response = await _server.PostAsync(body);

        await AssertProblem(response, 400, ReasonCodes.MalformedJson);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    public async Task Post_OtherMediaType_Is415(string type)
    {
        var content = Content(Batch);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await _server.PostAsync("/v1/events", content, FixedKeys.Notes);

        await AssertProblem(response, 415, ReasonCodes.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task Post_OtherEncoding_Is415(string encoding)
    {
        var content = Content(Batch);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        using var response = await _server.PostAsync("/v1/events", content, FixedKeys.Notes);

        await AssertProblem(response, 415, ReasonCodes.UnsupportedEncoding);
    }

    [Fact]
    public async Task Post_Gzip_IsRead()
    {
        using var response = await _server.PostAsync("/v1/events", Gzip(Encoding.UTF8.GetBytes(Batch)), FixedKeys.Notes);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(_writer.Last.Events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_DamagedGzip_Is400(bool truncated)
    {
        var packed = await Gzip(Encoding.UTF8.GetBytes(Batch)).ReadAsByteArrayAsync();
        if (truncated)
            packed = packed[..^12];
        else
            packed[^6] ^= 0x55;
        var content = new ByteArrayContent(packed);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await _server.PostAsync("/v1/events", content, FixedKeys.Notes);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_writer.Batches);
    }

    [Fact]
    public async Task Post_GzipBomb_Is413BeforeItIsUnpacked()
    {
        using var response = await _server.PostAsync("/v1/events", Gzip(new byte[64 * 1024 * 1024]), FixedKeys.Notes);

        await AssertProblem(response, 413, ReasonCodes.TooLarge);
    }

    [Fact]
    public async Task Post_TooLargeWithoutLength_Is413()
    {
        var content = new StreamContent(new MemoryStream(new byte[EventLimits.MaxJsonBodyBytes + 1]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await _server.PostAsync("/v1/events", content, FixedKeys.Notes, request => request.Headers.TransferEncodingChunked = true);

        await AssertProblem(response, 413, ReasonCodes.TooLarge);
    }

    [Fact]
    public async Task Post_MoreEventsThanABatchHolds_Is413()
    {
        var body = """{"events":[""" + string.Join(',', Enumerable.Repeat("{}", EventLimits.MaxEventsPerBatch + 1)) + "]}";

        using var response = await _server.PostAsync(body);

        await AssertProblem(response, 413, ReasonCodes.TooManyEvents);
    }

    [Fact]
    public async Task Post_SecondAttemptOrKnownIdempotencyKey_IsALikelyResend()
    {
        await _server.PostAsync(Batch, change: request => request.Headers.Add("Idempotency-Key", "k1"));
        Assert.False(_writer.Last.LikelyResend);

        await _server.PostAsync(Batch, change: request => request.Headers.Add("Idempotency-Key", "k1"));
        Assert.True(_writer.Last.LikelyResend);

        await _server.PostAsync(Batch, change: request => request.Headers.Add("X-SyncHealth-Attempt", "2"));
        Assert.True(_writer.Last.LikelyResend);
    }

    [Fact]
    public async Task Post_IdempotencyKey_NamesEventsWithoutId()
    {
        await _server.PostAsync(Batch, change: request => request.Headers.Add("Idempotency-Key", "k1"));
        await _server.PostAsync(Batch.Replace("812", "813", StringComparison.Ordinal), change: request => request.Headers.Add("Idempotency-Key", "k1"));
        await _server.PostAsync(Batch);

        var hashes = _writer.Batches.Select(batch => batch.Events.Single().IdHash).ToArray();
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");

    private static ByteArrayContent Gzip(byte[] body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static async Task AssertProblem(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await Json(response);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
    }
}
