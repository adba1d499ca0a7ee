using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests.Devices;

/// <summary>From what somebody knows of a device to its story, over a real database.</summary>
public sealed class TimelineRoutesTests : IAsyncLifetime
{
    private const string App = "notes";
    private const string DeviceId = "install-7f3a";

    private TestDatabase _database = null!;
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _stage = await ApiStage.StartAsync(new ApiOptions { LoopbackWithoutToken = true }, _database.ConnectionString);
        await _stage.Services.GetRequiredService<MaintenanceLoop>().MaintainAsync(CancellationToken.None);
        await WriteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Find_ByOwnId_ThenTimeline_TellsWhatHappenedNewestFirst()
    {
        var found = await PostAsync($$"""{"app":"{{App}}","text":"{{DeviceId}}"}""");
        var device = Assert.Single(found.GetProperty("devices").EnumerateArray().ToArray());
        Assert.Equal("id", device.GetProperty("how").GetString());

        var timeline = await GetAsync($"/api/v1/devices/{device.GetProperty("key").GetString()}/timeline?app={App}");

        Assert.Equal(12, timeline.GetProperty("device").GetProperty("queueDepth").GetInt32());
        var events = timeline.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(["failure", "success"], events.Select(one => one.GetProperty("outcome").GetString()));
        Assert.Equal(("server", "http_503"), (events[0].GetProperty("errorKind").GetString(), events[0].GetProperty("errorCode").GetString()));
        Assert.Equal("note", events[1].GetProperty("conflicts")[0].GetProperty("entity").GetString());
        Assert.False(timeline.GetProperty("isCut").GetBoolean());
    }

    [Fact]
    public async Task Timeline_Limited_SaysThatThereIsMore()
    {
        var timeline = await GetAsync($"/api/v1/devices/{Key()}/timeline?app={App}&limit=1");

        Assert.Single(timeline.GetProperty("events").EnumerateArray().ToArray());
        Assert.True(timeline.GetProperty("isCut").GetBoolean());
    }

    [Fact]
    public async Task Timeline_OfARange_HoldsOnlyThat()
    {
        var timeline = await GetAsync($"/api/v1/devices/{Key()}/timeline?app={App}&from={ApiStage.Now.AddMinutes(-90).ToUnixTimeMilliseconds()}");

        Assert.Equal("failure", Assert.Single(timeline.GetProperty("events").EnumerateArray().ToArray()).GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("ffffffffffffffff", App)]
    [InlineData("no key", App)]
    [InlineData(null, "photos")]
    public async Task Timeline_UnknownDevice_IsNotFound(string? key, string app)
    {
        using var answer = await _stage.GetAsync($"/api/v1/devices/{Uri.EscapeDataString(key ?? Key())}/timeline?app={app}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("unknown_device", problem.RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{}", "app")]
    [InlineData("""{"app":"notes"}""", "text")]
    [InlineData("""{"app":"notes","text":""}""", "text")]
    [InlineData("""{"app":"notes","text":"x","more":1}""", "more")]
    public async Task Find_WhatCannotBeRead_NamesTheField(string body, string parameter)
    {
        using var answer = await _stage.SendAsync(HttpMethod.Post, "/api/v1/devices/find", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("parameter").GetString());
    }

    private async Task WriteAsync()
    {
        var batch = new EventBatch { ReceivedAt = ApiStage.Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.Add(Sync(TimeSpan.FromHours(2), id: 1) with { ConflictCount = 1, Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)] });
        batch.Events.Add(Sync(TimeSpan.FromHours(1), id: 2) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "http_503", QueuedItems = 12 });
        Assert.Equal(WriteStatus.Committed, (await _stage.Services.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None)).Status);
        await _stage.Services.GetRequiredService<FoldLoop>().FoldAsync(CancellationToken.None);
    }

    private EventRow Sync(TimeSpan ago, long id) => new()
    {
        Segment = new SegmentKey(App, "production", "2.4.1", "android", "14", "wifi", "delta", "foreground"),
        DeviceKey = _stage.Services.GetRequiredService<DeviceKeyHasher>().DeviceKey(App, DeviceId),
        HasDevice = true,
        DeviceAt = ApiStage.Now - ago,
        EventAt = ApiStage.Now - ago,
        IdHash = id,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
        DurationMs = 640,
    };

    private string Key() => DeviceKeyText.Of(_stage.Services.GetRequiredService<DeviceKeyHasher>().DeviceKey(App, DeviceId));

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _stage.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    private async Task<JsonElement> PostAsync(string body)
    {
        using var answer = await _stage.SendAsync(HttpMethod.Post, "/api/v1/devices/find", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
