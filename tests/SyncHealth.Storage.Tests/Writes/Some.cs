using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Tests.Writes;

/// <summary>Events and batches for tests that care about one field of them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 30, 15, TimeSpan.Zero);

    public static SegmentKey Segment(string version = "1.0", string network = "wifi", string type = "delta") =>
        new("notes", "production", version, "android", "14", network, type, "user");

    /// <summary>A successful attempt of device <paramref name="device"/>, <paramref name="secondsAgo"/> before <see cref="Now"/>.</summary>
    public static EventRow Event(long device = 1, long id = 1, int secondsAgo = 30) => new()
    {
        Segment = Segment(),
        DeviceKey = device,
        HasDevice = true,
        DeviceAt = Now.AddSeconds(-secondsAgo),
        EventAt = Now.AddSeconds(-secondsAgo),
        IdHash = id,
        BodyHash = 7,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
        DurationMs = 812,
    };

    public static EventBatch Batch(params EventRow[] events)
    {
        var batch = new EventBatch { ReceivedAt = Now };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", """{"cohort":"beta"}"""));
        batch.Events.AddRange(events);
        return batch;
    }

    public static EventBatch Resend(params EventRow[] events)
    {
        var batch = Batch(events);
        batch.LikelyResend = true;
        return batch;
    }
}
