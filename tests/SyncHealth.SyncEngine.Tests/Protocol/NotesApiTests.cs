using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

/// <summary>What the engine makes of answers, by a scripted server.</summary>
public sealed class NotesApiTests : IDisposable
{
    private readonly ScriptedHttpHandler _server = new();
    private readonly InstantClock _clock = new();
    private readonly CycleTally _tally = new();
    private readonly HttpClient _http;
    private NetworkState _network = new(SyncNetwork.Wifi, false);

    public NotesApiTests() => _http = new HttpClient(_server);

    [Fact]
    public async Task Pull_TooManyRequests_WaitsAsLongAsTheServerAsks()
    {
        _server.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "70")).Answer(HttpStatusCode.OK, """{"changes":[],"nextToken":"t","hasMore":false}""");

        var reply = await PullAsync();

        Assert.Equal("t", reply.Value?.NextToken);
        Assert.Equal([TimeSpan.FromSeconds(70)], _clock.Waits);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, SyncErrorKind.Auth, "http_401")]
    [InlineData(HttpStatusCode.Forbidden, SyncErrorKind.Denied, "http_403")]
    [InlineData(HttpStatusCode.Gone, SyncErrorKind.Server, SyncFailure.TokenExpired)]
    public async Task Pull_Refused_IsNotTriedAgain(HttpStatusCode status, SyncErrorKind kind, string code)
    {
        _server.Answer(status);

        var reply = await PullAsync();

        Assert.Equal(new SyncFailure(kind, code), reply.Failure);
        Assert.Single(_server.Requests);
    }

    /// <summary>The server still works on the attempt that this device gave up on: neither done nor refused, and the key stays.</summary>
    [Fact]
    public async Task Push_EarlierAttemptStillInFlight_IsSentAgainUnderItsKey()
    {
        _server.Answer(HttpStatusCode.Conflict, """{"code":"push_in_flight"}""", ("Retry-After", "1")).Answer(HttpStatusCode.OK, """{"results":[]}""");

        var reply = await new NotesApi(Options(maxRetries: 3), _http, _clock, new Random(1)).PushAsync(new OutboxBatch("key", []), _tally, CancellationToken.None);

        Assert.Empty(reply.Value!.Results);
        Assert.Equal(["key", "key"], _server.Requests.Select(static request => request.Headers[ProtocolHeaders.IdempotencyKey]));
        Assert.Equal([TimeSpan.FromSeconds(1)], _clock.Waits);
    }

    /// <summary>An answer that never comes is no reason to take the edits for sent, nor to set them aside.</summary>
    [Fact]
    public async Task Push_InFlightForEver_IsTheServersFailure()
    {
        _server.Answer(HttpStatusCode.Conflict);

        var reply = await new NotesApi(Options(), _http, _clock, new Random(1)).PushAsync(new OutboxBatch("key", []), _tally, CancellationToken.None);

        Assert.Equal((new SyncFailure(SyncErrorKind.Server, "http_409"), false), (reply.Failure, reply.Failure?.IsRefusalOfContent));
    }

    [Theory]
    [InlineData("<html>captive portal</html>")]
    [InlineData("null")]
    public async Task Pull_AnswerOfSomebodyElse_IsASchemaError(string body)
    {
        _server.Answer(HttpStatusCode.OK, body);

        Assert.Equal(SyncErrorKind.Schema, (await PullAsync()).Failure?.Kind);
    }

    [Fact]
    public async Task Pull_NetworkGone_IsOfflineAndNotTriedAgain()
    {
        _server.Answer(_ =>
        {
            _network = new NetworkState(SyncNetwork.None, null);
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        });

        Assert.Equal(new SyncFailure(SyncErrorKind.Offline, "no_network"), (await PullAsync()).Failure);
        Assert.Equal(0, _tally.Retries);
    }

    [Fact]
    public async Task Pull_NoAnswerInTime_IsATimeout()
    {
        var time = new ManualTimeProvider(Some.Start);
        using var http = new HttpClient(new SilentHandler(() => time.Advance(TimeSpan.FromSeconds(15))));
        var api = new NotesApi(Options(), http, new CycleClock(time), new Random(1));

        var reply = await api.PullAsync(token: null, _tally, CancellationToken.None);

        Assert.Equal(new SyncFailure(SyncErrorKind.Timeout, "timeout"), reply.Failure);
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    private Task<Reply<ArrivedPage>> PullAsync() =>
        new NotesApi(Options(maxRetries: 3), _http, _clock, new Random(1)).PullAsync(token: null, _tally, CancellationToken.None);

    private EngineOptions Options(int maxRetries = 0) => new()
    {
        Server = new Uri("http://server/notes"), Account = "ann", Device = "phone", Network = () => _network, MaxRetries = maxRetries,
        TimeProvider = new ManualTimeProvider(Some.Start),
    };
}
