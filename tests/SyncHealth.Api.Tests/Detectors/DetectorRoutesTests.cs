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
