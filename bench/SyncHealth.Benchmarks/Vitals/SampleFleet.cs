using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Benchmarks.Vitals;

/// <summary>Days of a fleet as batches for the writer: 30 versions, 4 networks, 9 kinds of syncs, log-normal durations, 2 % failures, 10 % late. Deterministic for a seed.</summary>
internal sealed class SampleFleet(int seed, string app, DateTimeOffset now, TimeSpan span, int events, int devices)
{
    public const int BatchSize = 1_000;

    private const int Versions = 30;
    private static readonly string[] Types = ["delta", "push", "full"];
    private static readonly string[] Triggers = ["foreground", "scheduled", "local_write"];
    private static readonly string[] Networks = ["wifi", "cellular", "ethernet", "unknown"];
    private static readonly string[] Systems = ["android", "ios", "windows"];
    private static readonly ConflictStrategy[] Strategies = [ConflictStrategy.Lww, ConflictStrategy.Crdt, ConflictStrategy.Merge, ConflictStrategy.Manual];

    private readonly Random _random = new(seed);

    public DateTimeOffset Now => now;

    public int BatchCount => events / BatchSize;

    /// <summary>In the order of arrival.</summary>
    public IEnumerable<EventBatch> Batches()
    {
        var count = BatchCount;
        for (var i = 0; i < count; i++)
            yield return Batch(now - span + (span * (i + 1) / count), span / count);
    }

    private EventBatch Batch(DateTimeOffset receivedAt, TimeSpan since)
    {
        var batch = new EventBatch { ReceivedAt = receivedAt };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        for (var i = 0; i < BatchSize; i++)
            batch.Events.Add(Event(receivedAt - (since * _random.NextDouble())));
        return batch;
    }

    private EventRow Event(DateTimeOffset recorded)
    {
        var device = _random.Next(devices);
        var late = _random.Next(10) == 0 ? TimeSpan.FromHours(12 * _random.NextDouble()) : TimeSpan.Zero;
        var at = recorded - late;
        at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var succeeded = _random.Next(100) >= 2;
        var conflicts = _random.Next(25) == 0 ? 1 + _random.Next(2) : 0;
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return new EventRow
        {
            Segment = new SegmentKey(app, "production", $"2.{device % Versions}", Systems[device % 3], $"{10 + (device % 4)}", Networks[_random.Next(4)], Types[_random.Next(3)], Triggers[_random.Next(3)]),
            DeviceKey = ((long)seed << 32) + device,
            HasDevice = true,
            DeviceAt = at,
            EventAt = at,
            IdHash = _random.NextInt64(),
            BodyHash = 1,
            Type = SyncType.Delta,
            Outcome = succeeded ? SyncOutcome.Success : SyncOutcome.Failure,
            ErrorKind = succeeded ? SyncErrorKind.None : SyncErrorKind.Server,
            DurationMs = (int)Math.Clamp(Math.Exp(6 + (1.1 * normal)), 1, EventLimits.MaxDurationMs),
            QueuedItems = device % 100 == 0 ? 1_500 : _random.Next(20),
            Pushed = _random.Next(8),
            Pulled = _random.Next(30),
            ConflictCount = conflicts,
            Conflicts = conflicts == 0 ? null : [new ConflictEntry("note", ConflictKind.UpdateUpdate, Strategies[_random.Next(4)], ConflictWinner.Remote, 0, conflicts)],
        };
    }
}
