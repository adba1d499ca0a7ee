using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests.Work;

public sealed class WorkRoutesTests : IAsyncLifetime
{
    private static readonly DeviceKeyHasher Hasher = new(new byte[32]);

    private TestDatabase _database = null!;
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _stage = await ApiStage.StartAsync(new ApiOptions { LoopbackWithoutToken = true }, _database.ConnectionString);
        await using var writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        var batch = new EventBatch { ReceivedAt = ApiStage.Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.AddRange([Event("phone", 10), Event("tablet", 5) with { QueuedItems = 3 }]);
        await writer.WriteAsync(batch, CancellationToken.None);
        await new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(ApiStage.Now), NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Read_ByKey_IsTheStandingWithItsLimits()
    {
        var answer = JsonElement.Parse(await _stage.Client.GetStringAsync($"api/v1/devices/{KeyOf("tablet")}/work?app=notes"));

        var device = Assert.Single(answer.GetProperty("devices").EnumerateArray());
        Assert.Equal((KeyOf("tablet"), "queued", ApiStage.Now.AddMinutes(-5)), (device.GetProperty("key").GetString(), device.GetProperty("state").GetString(), device.GetProperty("provenAt").GetDateTimeOffset()));
        Assert.Equal(3, Assert.Single(device.GetProperty("evidence").EnumerateArray()).GetProperty("items").GetInt32());
        Assert.Contains("on the device's own word", answer.GetProperty("limits").GetString(), StringComparison.Ordinal);
    }

    /// <summary>N6: the server's own word stands beside the device's.</summary>
    [Fact]
    public async Task Read_ServerSendsItsLog_SaysHowBothGoTogether()
    {
        Assert.Equal("no_log", (await ServerOfAsync("phone")).GetProperty("state").GetString());
        await new ServerLogWriter(_database.DataSource, NullLogger<ServerLogWriter>.Instance).WriteAsync(
            "notes", [new(Hasher.DeviceKey("notes", "phone"), ApiStage.Now.AddMinutes(-10), 2), new(Hasher.DeviceKey("notes", "other"), ApiStage.Now.AddDays(-1), 0)], ApiStage.Now, CancellationToken.None);

        var phone = await ServerOfAsync("phone");

        Assert.Equal(("agree", ApiStage.Now.AddMinutes(-10), 2), (phone.GetProperty("state").GetString(), phone.GetProperty("heardAt").GetDateTimeOffset(), phone.GetProperty("acceptedItems").GetInt32()));
        Assert.Equal(ApiStage.Now.AddDays(-1), phone.GetProperty("logSince").GetDateTimeOffset());
        Assert.Equal("disputed", (await ServerOfAsync("tablet")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("ffffffffffffffff")]
    [InlineData("none")]
    public async Task Read_NoSuchDevice_IsNotFound(string key)
    {
        using var answer = await _stage.GetAsync($"api/v1/devices/{key}/work?app=notes");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("unknown_device", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone", "on_server")]
    [InlineData("ada@example.org", "queued on_server")]
    [InlineData("KEY", "on_server")]
    [InlineData("nobody", "")]
    public async Task Find_ByIdUserOrKey_AnswersForEachDevice(string id, string states)
    {
        using var answer = await _stage.SendAsync(HttpMethod.Post, "api/v1/devices/work", $$"""{"app":"notes","id":"{{(id == "KEY" ? KeyOf("phone") : id)}}"}""");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(states, string.Join(' ', JsonElement.Parse(text).GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("state").GetString())));
        Assert.DoesNotContain("ada@example.org", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "app")]
    [InlineData("""{"app":"notes"}""", "id")]
    public async Task Find_WithoutAField_NamesIt(string body, string field)
    {
        using var answer = await _stage.SendAsync(HttpMethod.Post, "api/v1/devices/work", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"'{field}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> ServerOfAsync(string device) =>
        JsonElement.Parse(await _stage.Client.GetStringAsync($"api/v1/devices/{KeyOf(device)}/work?app=notes")).GetProperty("devices")[0].GetProperty("server");

    private static string KeyOf(string device) => DeviceKeyText.Of(Hasher.DeviceKey("notes", device));

    private static EventRow Event(string device, int minutesAgo) => new()
    {
        Segment = new SegmentKey("notes", "production", "1.0", "android", "14", "wifi", "delta", "user"),
        DeviceKey = Hasher.DeviceKey("notes", device),
        UserKey = Hasher.UserKey("notes", "ada@example.org"),
        HasDevice = true,
        DeviceAt = ApiStage.Now.AddMinutes(-minutesAgo),
        EventAt = ApiStage.Now.AddMinutes(-minutesAgo),
        IdHash = 1,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
    };
}
