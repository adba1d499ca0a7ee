using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Api.Tests.Presence;

public sealed class PresenceRoutesTests : RoutesTest
{
    [Fact]
    public async Task Read_ByVersion_HasCountsAndShares()
    {
        await using var writer = new BatchWriter(Database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        var batch = new EventBatch { ReceivedAt = ApiStage.Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.AddRange([Event(1, 5), Event(2, 30), Event(3, 60 * 30)]);
        await writer.WriteAsync(batch, CancellationToken.None);

        var answer = JsonElement.Parse(await Stage.Client.GetStringAsync("api/v1/presence?app=notes&within=15m&by=app_version"));

        Assert.Equal(900, answer.GetProperty("withinSeconds").GetDouble());
        var group = Assert.Single(answer.GetProperty("groups").EnumerateArray());
        Assert.Equal("2.4.1", group.GetProperty("by").GetProperty("app_version").GetString());
        Assert.Equal([2, 1, 0, 0, 3, 1, 1], new[] { "active", "late", "silent", "gone", "expected", "reporting", "synced" }.Select(name => group.GetProperty(name).GetInt32()));
        Assert.Equal(100.0 / 3, group.GetProperty("freshness").GetDouble(), 9);
    }

    [Theory]
    [InlineData("within=15m", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&within=8d", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&within=soon", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&by=outcome", HttpStatusCode.BadRequest)]
    [InlineData("app=nobody", HttpStatusCode.NotFound)]
    public async Task Read_WhatCannotBeAnswered_SaysSo(string query, HttpStatusCode status)
    {
        using var answer = await Stage.GetAsync("api/v1/presence?" + query);
        Assert.Equal(status, answer.StatusCode);
    }

    private static EventRow Event(long device, int minutesAgo) => new()
    {
        Segment = new SegmentKey("notes", "production", "2.4.1", "android", "14", "wifi", "delta", "user"),
        DeviceKey = device,
        HasDevice = true,
        DeviceAt = ApiStage.Now.AddMinutes(-minutesAgo),
        EventAt = ApiStage.Now.AddMinutes(-minutesAgo),
        IdHash = 1,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
    };
}
