using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests.Seeding;

/// <summary>Devices with stories of their own, in an app of its own, written through the real writer.</summary>
internal sealed class SeededStories(Platform platform, string app)
{
    private readonly IServiceProvider _services = platform.Host.Services;
    private long _id;

    public DateTimeOffset Now { get; } = platform.Clock.GetUtcNow();

    /// <summary>The opaque key of a device of this app.</summary>
    public string KeyOf(string deviceId) => DeviceKeyText.Of(_services.GetRequiredService<DeviceKeyHasher>().DeviceKey(app, deviceId));

    public async Task WriteAsync(params IEnumerable<EventRow> rows) => await WriteAsync("Pixel 8", "beta", rows);

    public async Task WriteAsync(string model, string cohort, params IEnumerable<EventRow> rows)
    {
        var batch = new EventBatch { ReceivedAt = Now };
        batch.Profiles.Add(new DeviceProfile(model, JsonSerializer.Serialize(new Dictionary<string, string> { ["cohort"] = cohort })));
        batch.Events.AddRange(rows);
        await CommitAsync(batch);
    }

    /// <summary>A device with one of everything in its story, in an app of its own.</summary>
    /// <returns>The address of its page.</returns>
    public static async Task<string> WriteDeviceAsync(Platform platform, string app)
    {
        var stories = new SeededStories(platform, app);
        await stories.WriteAsync(
            stories.Sync("one", TimeSpan.FromHours(30)), stories.Fail("one", TimeSpan.FromHours(2), "http_503", 12, TimeSpan.FromHours(5)), stories.Sign("one", TimeSpan.FromHours(1), SyncType.Reset, discarded: 3));
        return $"/devices/{stories.KeyOf("one")}?app={app}";
    }

    public async Task CommitAsync(EventBatch batch)
    {
        Assert.Equal(WriteStatus.Committed, (await _services.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None)).Status);
        await _services.GetRequiredService<FoldLoop>().FoldAsync(CancellationToken.None);
    }

    /// <summary>A successful attempt of a device, some time ago.</summary>
    public EventRow Sync(string deviceId, TimeSpan ago, string version = "2.4.1", string os = "android") => new()
    {
        Segment = new SegmentKey(app, "production", version, os, os == "ios" ? "18.2" : "14", "wifi", "delta", "foreground"),
        DeviceKey = _services.GetRequiredService<DeviceKeyHasher>().DeviceKey(app, deviceId),
        HasDevice = true,
        DeviceAt = Now - ago,
        EventAt = Now - ago,
        IdHash = ++_id,
        BodyHash = 1,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
        DurationMs = 640,
        Pushed = 2,
        Pulled = 5,
    };

    /// <summary>A failed attempt with unsynced work behind it.</summary>
    public EventRow Fail(string deviceId, TimeSpan ago, string code, int queued, TimeSpan oldest, string version = "2.4.1") => Sync(deviceId, ago, version) with
    {
        Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = code, QueuedItems = queued, OldestPendingMs = (long)oldest.TotalMilliseconds, Pushed = 0, Pulled = 0,
    };

    /// <summary>An <c>open</c> or a <c>reset</c>.</summary>
    public EventRow Sign(string deviceId, TimeSpan ago, SyncType type, int discarded = 0)
    {
        var row = Sync(deviceId, ago);
        return row with { Segment = row.Segment with { Type = Wire.Type.NameOf(type) }, Type = type, Outcome = SyncOutcome.None, Rejected = discarded, Pushed = 0, Pulled = 0, DurationMs = 0 };
    }
}
