using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Tests.Support;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Reporting;

/// <summary>The second channel: what this server knows of devices, whatever they report themselves.</summary>
public sealed class SyncLogTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private WebApplication _ingest = null!;
    private volatile int _status = StatusCodes.Status200OK;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ingest = builder.Build();
        _ingest.MapPost("/v1/server-log", ReceiveAsync);
        await _ingest.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _ingest.DisposeAsync();

    [Fact]
    public async Task Push_AndPull_AreSentWithWhatWasTaken()
    {
        await using var notes = await StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "one"), NotesClient.Insert("b", "two"));
        notes.Time.Advance(TimeSpan.FromSeconds(10));
        await notes.PullAsync(null);

        notes.Time.Advance(Interval);

        Assert.Equal("Bearer server-key notes phone 08:00:00 took 2, reader 08:00:10 took 0", await ReadAsync());
    }

    /// <summary>The later of two pushes counts, and the time of the last contact beside it.</summary>
    [Fact]
    public async Task Push_TwiceAndPulledLater_IsTheLatestOfEach()
    {
        await using var notes = await StartAsync();
        await notes.PushAsync("reader", NotesClient.Insert("a", "one"), NotesClient.Insert("b", "two"));
        notes.Time.Advance(TimeSpan.FromSeconds(5));
        await notes.PushAsync("reader", NotesClient.Insert("c", "three"));
        notes.Time.Advance(TimeSpan.FromSeconds(5));
        await notes.PullAsync(null);

        notes.Time.Advance(Interval);

        Assert.Equal("Bearer server-key notes reader 08:00:10 took 0, reader 08:00:05 took 1", await ReadAsync());
    }

    /// <summary>What the server refused or knew better is not taken.</summary>
    [Fact]
    public async Task Push_RefusedOperations_AreNotCounted()
    {
        await using var notes = await StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "one"), NotesClient.Insert("b", new string('x', 501)));

        notes.Time.Advance(Interval);

        Assert.Equal("Bearer server-key notes phone 08:00:00 took 1", await ReadAsync());
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status401Unauthorized)]
    public async Task Send_Refused_IsSentAgainWithWhatCameSince(int status)
    {
        var notes = await StartAsync();
        _status = status;
        await notes.PushAsync("phone", NotesClient.Insert("a", "one"));
        notes.Time.Advance(Interval);
        await ReadAsync();

        _status = StatusCodes.Status200OK;
        await notes.PushAsync("phone", NotesClient.Insert("b", "two"), NotesClient.Insert("c", "three"));
        await notes.DisposeAsync();

        Assert.Equal("Bearer server-key notes phone 08:00:30 took 2", await ReadAsync());
    }

    /// <summary>An operator reads that it began and that it is over, not the same line each round.</summary>
    [Fact]
    public async Task Send_RefusedForRounds_IsSaidOnceAndThatItIsOver()
    {
        var options = new NotesServerOptions { SyncLogEndpoint = new Uri(_ingest.Urls.Single()), SyncLogKey = "server-key" };
        var contacts = new SyncLog(options, TimeProvider.System);
        var log = new KeptLog<SyncLogSender>();
        using var sender = new SyncLogSender(options, contacts, TimeProvider.System, log);
        contacts.Note("phone", accepted: 1);
        _status = StatusCodes.Status503ServiceUnavailable;
        for (var round = 0; round < 3; round++)
            await sender.SendAsync(TestContext.Current.CancellationToken);
        _status = StatusCodes.Status200OK;
        contacts.Note("phone", accepted: 1);
        for (var round = 0; round < 2; round++)
            await sender.SendAsync(TestContext.Current.CancellationToken);

        Assert.Equal([LogLevel.Warning, LogLevel.Information], log.Lines.Select(static line => line.Level));
        Assert.Contains("503", log.Lines[0].Text, StringComparison.Ordinal);
    }

    /// <summary>A server that is stopped while it sends has nothing to report.</summary>
    [Fact]
    public async Task Send_AskedToStop_KeepsAllAndSaysNothing()
    {
        var options = new NotesServerOptions { SyncLogEndpoint = new Uri(_ingest.Urls.Single()), SyncLogKey = "server-key" };
        var contacts = new SyncLog(options, TimeProvider.System);
        var log = new KeptLog<SyncLogSender>();
        using var sender = new SyncLogSender(options, contacts, TimeProvider.System, log);
        contacts.Note("phone", accepted: 1);

        await sender.SendAsync(new CancellationToken(canceled: true));

        Assert.Empty(log.Lines);
        Assert.Single(contacts.Take());
    }

    /// <summary>One that does not answer is asked once a round, however much waits.</summary>
    [Fact]
    public async Task Send_ManyDevicesToOneThatRefuses_AsksOnceAndKeepsAll()
    {
        const int Devices = 12_000;
        var options = new NotesServerOptions { SyncLogEndpoint = new Uri(_ingest.Urls.Single()), SyncLogKey = "server-key" };
        var contacts = new SyncLog(options, TimeProvider.System);
        using var sender = new SyncLogSender(options, contacts, TimeProvider.System, new KeptLog<SyncLogSender>());
        for (var device = 0; device < Devices; device++)
            contacts.Note(device.ToString(CultureInfo.InvariantCulture), accepted: 1);
        _status = StatusCodes.Status503ServiceUnavailable;

        await sender.SendAsync(TestContext.Current.CancellationToken);

        await ReadAsync();
        Assert.False(_received.Reader.TryRead(out _));
        Assert.Equal(Devices, contacts.Take().Count);
    }

    [Fact]
    public async Task Stop_SendsWhatIsLeft()
    {
        var notes = await StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "one"));

        await notes.DisposeAsync();

        Assert.Equal("Bearer server-key notes phone 08:00:00 took 1", await ReadAsync());
    }

    private Task<NotesClient> StartAsync() => NotesClient.StartAsync(options =>
    {
        options.SyncLogEndpoint = new Uri(_ingest.Urls.Single());
        options.SyncLogKey = "server-key";
        options.SyncLogInterval = Interval;
    });

    private async Task<string> ReadAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var contacts = body.RootElement.GetProperty("contacts").EnumerateArray().Select(one =>
            $"{one.GetProperty("deviceId").GetString()} {one.GetProperty("at").GetDateTimeOffset():HH:mm:ss} took {one.GetProperty("accepted")}");
        context.Response.StatusCode = _status;
        await context.Response.CompleteAsync();
        await _received.Writer.WriteAsync($"{context.Request.Headers.Authorization} {body.RootElement.GetProperty("app").GetString()} {string.Join(", ", contacts)}");
    }
}
