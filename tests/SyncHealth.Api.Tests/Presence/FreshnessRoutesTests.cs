using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Api.Tests.Presence;

/// <summary>Feature N20 over HTTP.</summary>
public sealed class FreshnessRoutesTests : RoutesTest
{
    [Theory]
    [InlineData("", 4, 2)]
    [InlineData("&excludeOffline=false", 4, 2)]
    [InlineData("&excludeOffline=true", 3, 2)]
    [InlineData("&excludeOffline=true&within=1h", 3, 3)]
    public async Task Read_Promise_HasDevicesAndWhatIsLeft(string options, int devices, int fresh)
    {
        await using var writer = new BatchWriter(Database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        var batch = new EventBatch { ReceivedAt = ApiStage.Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.AddRange([Event(1, 5), Event(2, 5), Event(3, 30), Event(4, 90, "none")]);
        await writer.WriteAsync(batch, CancellationToken.None);

        var answer = JsonElement.Parse(await Stage.Client.GetStringAsync("api/v1/freshness?app=notes&objective=90&over=7d&by=app_version" + options));

        Assert.Equal((604_800, options.Contains("true", StringComparison.Ordinal)), (answer.GetProperty("overSeconds").GetDouble(), answer.GetProperty("excludesOffline").GetBoolean()));
        var group = Assert.Single(answer.GetProperty("groups").EnumerateArray());
        Assert.Equal("2.4.1", group.GetProperty("by").GetProperty("app_version").GetString());
        Assert.Equal([90, devices, fresh, 0], new[] { "objective", "devices", "fresh", "hours" }.Select(name => group.GetProperty(name).GetInt32()));
        Assert.Equal(100.0 * fresh / devices, group.GetProperty("freshness").GetDouble(), 9);
        Assert.Equal((devices - fresh) / 0.1 / devices, group.GetProperty("burnRate").GetDouble(), 9);
        Assert.Equal(JsonValueKind.Null, group.GetProperty("budgetLeft").ValueKind);
    }

    [Theory]
    [InlineData("objective=95", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&objective=100", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&objective=49.9", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&objective=many", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&within=8d", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&over=31d", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&excludeOffline=yes", HttpStatusCode.BadRequest)]
    [InlineData("app=notes&by=outcome", HttpStatusCode.BadRequest)]
    [InlineData("app=nobody", HttpStatusCode.NotFound)]
    public async Task Read_WhatCannotBeAnswered_SaysSo(string query, HttpStatusCode status)
    {
        using var answer = await Stage.GetAsync("api/v1/freshness?" + query);
        Assert.Equal(status, answer.StatusCode);
    }

    private static EventRow Event(long device, int minutesAgo, string network = "wifi") => new()
    {
        Segment = new SegmentKey("notes", "production", "2.4.1", "android", "14", network, "delta", "user"),
        DeviceKey = device,
        HasDevice = true,
        DeviceAt = ApiStage.Now.AddMinutes(-minutesAgo),
        EventAt = ApiStage.Now.AddMinutes(-minutesAgo),
        IdHash = 1,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
    };
}
