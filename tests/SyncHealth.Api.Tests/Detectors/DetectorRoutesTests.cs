using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Api.Tests.Detectors;

public sealed class DetectorRoutesTests : RoutesTest
{
    [Fact]
    public async Task Read_StuckDevice_IsCountedAndNamed()
    {
        await WriteAsync();

        var answer = JsonElement.Parse(await Stage.Client.GetStringAsync("api/v1/detectors?app=notes&by=app_version"));

        Assert.Equal(6 * 3600, answer.GetProperty("withinSeconds").GetDouble());
        var group = Assert.Single(answer.GetProperty("groups").EnumerateArray());
        Assert.Equal("2.4.1", group.GetProperty("by").GetProperty("app_version").GetString());
        Assert.Equal([1, 1, 40, 0], new[] { "devices", "stuck", "stuckItems", "poisoned" }.Select(name => group.GetProperty(name).GetInt32()));
        var device = Assert.Single(answer.GetProperty("devices").EnumerateArray());
        Assert.Equal(("stuck", "0000000000000007", 40), (device.GetProperty("detector").GetString(), device.GetProperty("key").GetString(), device.GetProperty("items").GetInt32()));
    }

    /// <summary>As of a moment before the third sync nobody was stuck.</summary>
    [Fact]
    public async Task Read_AsOf_IsWhatWasKnownThen()
    {
        await WriteAsync();

        var answer = JsonElement.Parse(await Stage.Client.GetStringAsync("api/v1/detectors?app=notes&asOf=" + ApiStage.Now.AddMinutes(-2).ToString("O")));

        Assert.Equal(0, Assert.Single(answer.GetProperty("groups").EnumerateArray()).GetProperty("stuck").GetInt32());
        Assert.Empty(answer.GetProperty("devices").EnumerateArray());
    }

    [Theory]
    [InlineData("within=1h", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&within=2d", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&by=outcome", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&asOf=2999-01-01", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&limit=0", HttpStatusCode.BadRequest)]
    [InlineData("app=nobody", HttpStatusCode.NotFound)]
    public async Task Read_WhatCannotBeAnswered_SaysSo(string query, HttpStatusCode status)
    {
        using var answer = await Stage.GetAsync("api/v1/detectors?" + query);
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>N14: three devices fail with work waiting, and come back; one of them still drains.</summary>
    [Fact]
    public async Task ReadDrain_DevicesThatCameBack_ShowsBacklogTimeAndThePeak()
    {
        await WriteAsync(
            [
                .. Enumerable.Range(1, 3).Select(device => Event(device, 40) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, QueuedItems = 12 }),
                .. Enumerable.Range(1, 3).Select(device => Event(device, 30) with { Pushed = device == 3 ? 4 : 12, QueuedItems = device == 3 ? 8 : 0 }),
            ]);

        var answer = JsonElement.Parse(await _stage.Client.GetStringAsync("api/v1/drain?app=notes&by=app_version"));

        Assert.Equal(6 * 3600, answer.GetProperty("withinSeconds").GetDouble());
        var group = Assert.Single(answer.GetProperty("groups").EnumerateArray());
        Assert.Equal("2.4.1", group.GetProperty("by").GetProperty("app_version").GetString());
        Assert.Equal([3, 3, 36, 1, 8], new[] { "returns", "devices", "backlog", "draining", "waiting" }.Select(name => group.GetProperty(name).GetInt32()));
        Assert.Equal((3, false), (answer.GetProperty("peak").GetProperty("requests").GetInt32(), answer.GetProperty("isStorm").GetBoolean()));
        Assert.Equal(2, answer.GetProperty("minutes").GetArrayLength());
    }

    /// <summary>Before they came back nobody had returned; a window that ends before the failures knows of nothing at all, of an app that is known.</summary>
    [Theory]
    [InlineData(35, 1)]
    [InlineData(50, 0)]
    public async Task ReadDrain_AsOf_IsWhatWasKnownThen(int minutesAgo, int minutes)
    {
        await WriteAsync([Event(1, 40) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, QueuedItems = 12 }, Event(1, 30) with { Pushed = 12 }]);

        var answer = JsonElement.Parse(await _stage.Client.GetStringAsync("api/v1/drain?app=notes&asOf=" + ApiStage.Now.AddMinutes(-minutesAgo).ToString("O")));

        Assert.Empty(answer.GetProperty("groups").EnumerateArray());
        Assert.Equal(minutes, answer.GetProperty("minutes").GetArrayLength());
    }

    [Theory]
    [InlineData("within=1h", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&within=2d", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&by=outcome", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&asOf=2999-01-01", HttpStatusCode.BadRequest)]
    [InlineData("app=nobody", HttpStatusCode.NotFound)]
    public async Task ReadDrain_WhatCannotBeAnswered_SaysSo(string query, HttpStatusCode status)
    {
        using var answer = await _stage.GetAsync("api/v1/drain?" + query);
        Assert.Equal(status, answer.StatusCode);
    }

    private static EventRow Event(int device, int minutesAgo) => new()
    {
        Segment = new SegmentKey("notes", "production", "2.4.1", "android", "14", "wifi", "delta", "user"), DeviceKey = device, HasDevice = true,
        DeviceAt = ApiStage.Now.AddMinutes(-minutesAgo), EventAt = ApiStage.Now.AddMinutes(-minutesAgo), IdHash = minutesAgo, Type = SyncType.Delta, Outcome = SyncOutcome.Success,
    };

    private async Task WriteAsync(IReadOnlyList<EventRow> events)
    {
        await using var writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        foreach (var sent in events.GroupBy(e => e.EventAt))
        {
            var batch = new EventBatch { ReceivedAt = sent.Key };
            batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
            batch.Events.AddRange(sent);
            Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(batch, CancellationToken.None)).Status);
        }
    }

    private async Task WriteAsync()
    {
        await using var writer = new BatchWriter(Database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        for (var minute = 3; minute > 0; minute--)
        {
            var at = ApiStage.Now.AddMinutes(-minute);
            var batch = new EventBatch { ReceivedAt = at };
            batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
            batch.Events.Add(new EventRow
            {
                Segment = new SegmentKey("notes", "production", "2.4.1", "android", "14", "wifi", "delta", "user"), DeviceKey = 7, HasDevice = true,
                DeviceAt = at, EventAt = at, IdHash = minute, Type = SyncType.Delta, Outcome = SyncOutcome.Success, QueuedItems = 40,
            });
            Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(batch, CancellationToken.None)).Status);
        }
    }
}
