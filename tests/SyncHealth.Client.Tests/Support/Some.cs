using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Support;

/// <summary>Values that a test needs and does not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static readonly Resource Resource = new() { App = "notes", AppVersion = "2.4.1" };

    public static readonly IReadOnlyDictionary<string, long> NoDrops = new Dictionary<string, long>();

    public static ManualTimeProvider Clock() => new(Now);

    public static SyncTelemetryOptions Options(HttpMessageHandler handler, string? folder = null, TimeProvider? time = null) => new()
    {
        Endpoint = new Uri("http://ingest.test/"),
        Key = "demo",
        App = "notes",
        AppVersion = "2.4.1",
        QueueInMemory = folder is null,
        QueueDirectory = folder,
        Handler = handler,
        TimeProvider = time ?? TimeProvider.System,
        ShutdownTimeout = TimeSpan.Zero,
        RandomSeed = 7,
    };

    public static EventQueue Queue(string? folder = null, TimeProvider? time = null, QueueLimits? limits = null) =>
        new(new QueueFolder(folder), limits ?? Limits(), new Uptime(time ?? Clock()), new Announcer(null));

    public static QueueLimits Limits(long bytes = 10 * 1024 * 1024, int batchSize = 100) => new(bytes, TimeSpan.FromDays(30), batchSize);

    public static EventRecord Record(DateTimeOffset? at = null, Resource? resource = null) => new(SyncType.Delta)
    {
        Outcome = SyncOutcome.Success,
        Timestamp = at ?? Now,
        Resource = resource ?? Resource,
    };

    public static IReadOnlyList<EventRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Record())];
}
