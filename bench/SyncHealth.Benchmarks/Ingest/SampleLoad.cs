using System.Text.Json;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Makes uploads of a fleet: deterministic for a seed, spread over the last day, log-normal durations, two failures in a hundred.</summary>
internal sealed class SampleLoad(int seed, DateTimeOffset now, int eventsPerBatch = SampleLoad.EventsPerBatch)
{
    public const int EventsPerBatch = 100;

    private static readonly string[] Versions = ["2.0", "2.1", "2.2", "2.3", "2.4.0", "2.4.1"];
    private static readonly (string Os, string Version)[] Systems = [("android", "13"), ("android", "14"), ("android", "15"), ("ios", "17"), ("ios", "18")];
    private static readonly string[] Networks = ["wifi", "cellular", "ethernet", "unknown"];
    private static readonly string[] Triggers = ["app_open", "foreground", "user", "local_write", "scheduled"];

    private readonly Random _random = new(seed);

    public IReadOnlyList<SampleBatch> Batches(int count) => [.. Enumerable.Range(0, count).Select(_ => Batch())];

    public static byte[] ToJson(SampleBatch batch, DateTimeOffset sentAt)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("sentAt", sentAt);
            json.WriteStartObject("resource");
            json.WriteString("app", "bench");
            json.WriteString("appVersion", batch.AppVersion);
            json.WriteString("os", batch.Os);
            json.WriteString("osVersion", batch.OsVersion);
            json.WriteString("environment", "production");
            json.WriteString("deviceId", batch.DeviceId);
            json.WriteString("deviceModel", "Pixel 8");
            json.WriteString("sdk", "synchealth-dotnet/1.0.0");
            json.WriteEndObject();
            json.WriteStartArray("events");
            foreach (var e in batch.Events)
                Write(json, e);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SampleEvent e)
    {
        json.WriteStartObject();
        json.WriteString("id", e.Id);
        json.WriteNumber("seq", e.Seq);
        json.WriteString("timestamp", e.At);
        json.WriteString("type", "delta");
        json.WriteBoolean("success", e.Success);
        json.WriteNumber("durationMs", e.DurationMs);
        json.WriteNumber("conflictCount", e.Conflicts);
        json.WriteNumber("queuedItems", e.Queued);
        json.WriteString("outcome", e.Success ? "success" : "failure");
        json.WriteString("direction", "both");
        json.WriteString("trigger", e.Trigger);
        json.WriteString("network", e.Network);
        json.WriteBoolean("metered", e.Network == "cellular");
        json.WriteNumber("retries", e.Success ? 0 : 2);
        json.WriteNumber("pushed", e.Pushed);
        json.WriteNumber("pulled", e.Pulled);
        json.WriteNumber("applied", e.Pulled);
        json.WriteNumber("rejected", 0);
        json.WriteNumber("bytesUp", e.Pushed * 300);
        json.WriteNumber("bytesDown", e.Pulled * 420);
        json.WriteNumber("oldestPendingMs", e.Queued * 1000L);
        if (!e.Success)
        {
            json.WriteStartObject("error");
            json.WriteString("kind", "server");
            json.WriteString("code", "http_503");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private SampleBatch Batch()
    {
        var (os, version) = Pick(Systems);
        var start = now.AddMinutes(-_random.Next(24 * 60));
        var span = now - start;
        var events = new SampleEvent[eventsPerBatch];
        for (var i = 0; i < events.Length; i++)
            events[i] = Event(i, start + (span * i / events.Length));
        return new SampleBatch($"device-{_random.Next():x8}{_random.Next():x8}", Pick(Versions), os, version, events);
    }

    private SampleEvent Event(int seq, DateTimeOffset at)
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        var duration = Math.Exp(6 + (1.1 * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())));
        return new SampleEvent(
            new Guid(bytes), seq, new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero), _random.Next(100) >= 2,
            (int)Math.Clamp(duration, 1, 120_000), _random.Next(8), _random.Next(30), _random.Next(20) == 0 ? 1 : 0, _random.Next(10), Pick(Networks), Pick(Triggers));
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
