using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Api.Tests.Erasure;

public sealed class ErasureRoutesTests : RoutesTest
{
    private static readonly DeviceKeyHasher Hasher = new(new byte[32]);

    [Theory]
    [InlineData("device", "phone-1", "device", 2)]
    [InlineData("user", "ada@example.org", "user", 2)]
    [InlineData("device", "phone-2", "device", 1)]
    [InlineData("device", "nobody", "device", 0)]
    public async Task Erase_ByIdOrUser_DeletesTheirEventsAndNamesNobody(string field, string id, string kind, int events)
    {
        await WriteAsync(Event("phone-1", 1, "ada@example.org"), Event("phone-1", 2, "ada@example.org"), Event("phone-2", 1, null));

        var text = await AnswerAsync(JsonSerializer.Serialize(new Dictionary<string, string> { ["app"] = "notes", [field] = id }), HttpStatusCode.OK);

        var answer = JsonElement.Parse(text);
        Assert.Equal(("notes", kind, events), (answer.GetProperty("app").GetString(), answer.GetProperty("kind").GetString(), answer.GetProperty("events").GetInt32()));
        Assert.DoesNotContain(id, text, StringComparison.Ordinal);
        Assert.Equal(3 - events, await EventsAsync());
    }

    [Fact]
    public async Task Erase_ByOpaqueKey_IsTheSameAsByItsId()
    {
        await WriteAsync(Event("phone-1", 1, null), Event("phone-2", 1, null));

        await AnswerAsync($$"""{"app":"notes","key":"{{DeviceKeyText.Of(Hasher.DeviceKey("notes", "phone-1"))}}"}""", HttpStatusCode.OK);
        var again = JsonElement.Parse(await AnswerAsync("""{"app":"notes","device":"phone-1"}""", HttpStatusCode.OK));

        Assert.Equal((1L, 0), (await EventsAsync(), again.GetProperty("events").GetInt32()));
    }

    /// <summary>The same id in another app is another device.</summary>
    [Fact]
    public async Task Erase_InAnotherApp_TouchesNothing()
    {
        await WriteAsync(Event("phone-1", 1, null));
        await AnswerAsync("""{"app":"mail","device":"phone-1"}""", HttpStatusCode.OK);
        Assert.Equal(1, await EventsAsync());
    }

    [Theory]
    [InlineData("{}", "app")]
    [InlineData("""{"app":"notes"}""", "device")]
    [InlineData("""{"app":"notes","device":"a","user":"b"}""", "device")]
    [InlineData("""{"app":"notes","device":null}""", "device")]
    [InlineData("""{"app":"notes","device":""}""", "device")]
    [InlineData("""{"app":"notes","key":"abc"}""", "key")]
    [InlineData("""{"app":"notes","key":"zzzzzzzzzzzzzzzz"}""", "key")]
    [InlineData("""{"app":"notes","device":7}""", "device")]
    public async Task Erase_WhatCannotBeRead_NamesTheFieldAndErasesNothing(string body, string field)
    {
        await WriteAsync(Event("a", 1, "b"));
        Assert.Contains($"'{field}'", await AnswerAsync(body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal(1, await EventsAsync());
    }

    private static EventRow Event(string device, long id, string? user) => new()
    {
        Segment = new SegmentKey("notes", "production", "1.0", "android", "14", "wifi", "delta", "user"),
        DeviceKey = Hasher.DeviceKey("notes", device),
        UserKey = user is null ? null : Hasher.UserKey("notes", user),
        HasDevice = true,
        DeviceAt = ApiStage.Now.AddMinutes(-id),
        EventAt = ApiStage.Now.AddMinutes(-id),
        IdHash = id,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
    };

    private async Task WriteAsync(params EventRow[] events)
    {
        await using var writer = new BatchWriter(Database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        var batch = new EventBatch { ReceivedAt = ApiStage.Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.AddRange(events);
        Assert.Equal(events.Length, (await writer.WriteAsync(batch, CancellationToken.None)).Accepted);
    }

    private async Task<long> EventsAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.event");
    }

    private async Task<string> AnswerAsync(string body, HttpStatusCode status)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "api/v1/devices/erase", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} {text}");
        return text;
    }
}
