using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests.Seeding;

/// <summary>
/// Eight hours of a small fleet, written through the real writer: since two hours before the end, version 2.5.0 fails and is slow over cellular.
/// Deterministic for its seed.
/// </summary>
internal sealed class SeededFleet(IServiceProvider services, ManualTimeProvider clock)
{
    public const string App = "notes";
    public const string BadVersion = "2.5.0";
    public const string Rollout = "2.5.0 to everybody";
    public const string BadCode = "http_504";

    public static readonly DateTimeOffset End = new(2026, 3, 4, 14, 42, 30, TimeSpan.Zero);
    public static readonly DateTimeOffset BadSince = new(2026, 3, 4, 12, 40, 0, TimeSpan.Zero);

    private static readonly TimeSpan Span = TimeSpan.FromHours(8);
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    private const int Devices = 120;
    private const int AttemptsPerRound = 1;
    private const int Seed = 20260304;

    private readonly Random _random = new(Seed);
    private readonly int[] _queues = new int[Devices];
    private readonly DateTimeOffset?[] _successes = new DateTimeOffset?[Devices];
    private long _id;

    public static DateTimeOffset Start => End - Span;

    public async Task WriteAsync()
    {
        await services.GetRequiredService<MarkerStore>().AddAsync(new Marker(Guid.CreateVersion7(Start), App, BadSince.AddMinutes(-4), Rollout), CancellationToken.None);
        var snapshots = services.GetRequiredService<FleetSnapshotLoop>();
        await services.GetRequiredService<MaintenanceLoop>().MaintainAsync(CancellationToken.None);
        for (var at = Start; at < End; at += Round)
        {
            await WriteRoundAsync(at);
            clock.Advance(Round < End - clock.GetUtcNow() ? Round : End - clock.GetUtcNow());
            await snapshots.TakeAsync(CancellationToken.None);
        }

        await services.GetRequiredService<FoldLoop>().FoldAsync(CancellationToken.None);
    }

    /// <summary>One attempt of an app of its own, now.</summary>
    public async Task WriteOneAsync(string app, string version, bool succeeds)
    {
        var batch = Batch();
        var at = clock.GetUtcNow();
        batch.Events.Add(Attempt(at, device: 1000 + _id, app, version, "android", "wifi") with
        {
            Outcome = succeeds ? SyncOutcome.Success : SyncOutcome.Failure,
            ErrorKind = succeeds ? default : SyncErrorKind.Server,
            DurationMs = 500,
        });
        await CommitAsync(batch);
    }

    /// <summary>A failed attempt of an app of its own, so long ago, after which nothing came: its writes wait on.</summary>
    public async Task WriteSilentAsync(string app, TimeSpan ago, int waiting)
    {
        var batch = Batch();
        var row = Attempt(clock.GetUtcNow() - ago, device: 1000 + _id, app, "1.0", "android", "wifi");
        row.Outcome = SyncOutcome.Failure;
        row.QueuedItems = waiting;
        batch.Events.Add(row);
        await CommitAsync(batch);
    }

    private async Task WriteRoundAsync(DateTimeOffset from)
    {
        var batch = Batch();
        for (var device = 0; device < Devices; device++)
            for (var attempt = 0; attempt < AttemptsPerRound; attempt++)
            {
                var at = from + (Round * _random.NextDouble());
                if (at < End)
                    batch.Events.Add(DeviceAttempt(device, at));
            }

        await CommitAsync(batch);
    }

    private EventRow DeviceAttempt(int device, DateTimeOffset at)
    {
        var version = device % 3 == 0 ? BadVersion : device % 3 == 1 ? "2.4.1" : "2.4.0";
        var network = _random.Next(10) < 4 ? "cellular" : "wifi";
        var bad = version == BadVersion && network == "cellular" && at >= BadSince;
        var fails = _random.NextDouble() < (bad ? 0.75 : 0.012);
        _queues[device] = fails ? _queues[device] + _random.Next(4, 30) : 0;
        _successes[device] = fails ? _successes[device] : at;
        var milliseconds = (bad ? 9000 : network == "cellular" ? 1100 : 420) * Math.Exp(_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
        var row = Attempt(at, device, App, version, device % 2 == 0 ? "android" : "ios", network);
        row.Outcome = fails ? SyncOutcome.Failure : SyncOutcome.Success;
        row.ErrorKind = !fails ? default : bad ? SyncErrorKind.Timeout : SyncErrorKind.Offline;
        row.ErrorCode = bad && fails ? BadCode : null;
        row.DurationMs = (int)milliseconds;
        row.QueuedItems = _queues[device];
        row.OldestPendingMs = _queues[device] > 0 ? (long)(at - (_successes[device] ?? Start)).TotalMilliseconds : 0;
        row.LastSuccessAt = _successes[device];
        if (!fails && _random.Next(25) == 0)
        {
            row.ConflictCount = 1;
            row.Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, _random.Next(3) == 0 ? ConflictStrategy.Crdt : ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)];
        }

        return row;
    }

    private EventRow Attempt(DateTimeOffset at, long device, string app, string version, string os, string network) => new()
    {
        Segment = new SegmentKey(app, "production", version, os, os == "ios" ? "18.2" : "14", network, "delta", "foreground"),
        DeviceKey = (device + 1) * 0x1F3D5B79A1C3E5,
        HasDevice = true,
        DeviceAt = at,
        EventAt = at,
        IdHash = ++_id,
        BodyHash = 1,
        Type = SyncType.Delta,
        Outcome = SyncOutcome.Success,
        Pushed = 2,
        Pulled = 5,
    };

    private EventBatch Batch()
    {
        var batch = new EventBatch { ReceivedAt = clock.GetUtcNow() };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        return batch;
    }

    private async Task CommitAsync(EventBatch batch)
    {
        var receipt = await services.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None);
        Assert.Equal(WriteStatus.Committed, receipt.Status);
    }
}
