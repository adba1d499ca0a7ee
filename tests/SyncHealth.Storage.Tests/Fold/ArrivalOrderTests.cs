using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>The same events in another order, cut into other batches, folded at other moments, leave the same rows.</summary>
public sealed class ArrivalOrderTests : IAsyncLifetime
{
    private const int Devices = 3;

    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private FoldLoop _fold = null!;
    private int _runs;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions { GroupDelay = TimeSpan.Zero }, NullLogger<BatchWriter>.Instance);
        _fold = new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(Some.Now), NullLogger<FoldLoop>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Fold_AnyOrder_LeavesTheSameRows()
    {
        var cases = from count in Gen.Choose(2, 12)
                    from events in Gen.ArrayOf(Events(), count)
                    from shuffled in Gen.Shuffle(events)
                    from cuts in Gen.ArrayOf(Gen.Elements(true, false), count)
                    select (events, shuffled, cuts);
        Prop.ForAll(cases.ToArbitrary(), sample => SameRowsAsync(sample.events, sample.shuffled, sample.cuts).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithQuietOnSuccess(true));
    }

    /// <summary>Times, sequence numbers and ids from few values, so that every kind of tie occurs.</summary>
    private static Gen<EventRow> Events() =>
        from device in Gen.Choose(0, Devices - 1)
        from id in Gen.Choose(1, 1000)
        from secondsAgo in Gen.Elements(10, 20, 4000, 100_000)
        from seq in Gen.Elements<long?>(null, 1, 2)
        from success in Gen.Elements(true, false)
        from open in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from network in Gen.Elements("wifi", "cellular")
        from queued in Gen.Choose(0, 5)
        from reported in Gen.Elements<int?>(null, 50, 200_000)
        select Some.Event(device, id, secondsAgo) with
        {
            Segment = Some.Segment(network: network),
            Seq = seq,
            Type = open ? SyncType.Open : SyncType.Push,
            Outcome = open ? SyncOutcome.None : success ? SyncOutcome.Success : SyncOutcome.Failure,
            QueuedItems = queued,
            OldestPendingMs = queued * 1000,
            DurationMs = queued * id,
            UserKey = queued % 2 == 0 ? queued : null,
            LastSuccessAt = reported is { } ago ? Some.Now.AddSeconds(-ago) : null,
            ErrorKind = success ? SyncErrorKind.None : SyncErrorKind.Server,
            ErrorCode = success ? null : $"http_{500 + queued}",
            ConflictCount = queued % 3,
            Conflicts = queued % 2 == 0 ? null : [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)],
        };

    private async Task<bool> SameRowsAsync(EventRow[] events, EventRow[] shuffled, bool[] cuts)
    {
        // Twins of another body would make the first one count: that order is meant to matter.
        var first = await RunAsync(events.DistinctBy(Identity), new bool[events.Length]);
        var second = await RunAsync(shuffled.Where(row => events.DistinctBy(Identity).Contains(row)), cuts);
        return first.SequenceEqual(second);
    }

    private static (long, DateTimeOffset, long) Identity(EventRow row) => (row.DeviceKey, row.DeviceAt, row.IdHash);

    /// <summary>Writes the events under an app and devices of their own; after each cut the batch is sent, and folded every other time.</summary>
    private async Task<List<string>> RunAsync(IEnumerable<EventRow> events, bool[] cuts)
    {
        var run = Interlocked.Increment(ref _runs);
        var app = $"app-{run}";
        var firstDevice = run * 1000L;
        var batch = Some.Batch();
        foreach (var (row, index) in events.Select((row, index) => (row, index)))
        {
            batch.Events.Add(row with { DeviceKey = firstDevice + row.DeviceKey, Segment = row.Segment with { App = app } });
            if (!cuts[index])
                continue;
            await _writer.WriteAsync(batch, CancellationToken.None);
            batch = Some.Batch();
            if (index % 2 == 0)
                await _fold.FoldAsync(CancellationToken.None);
        }

        await _writer.WriteAsync(batch, CancellationToken.None);
        await _fold.FoldAsync(CancellationToken.None);
        var rows = new List<string>(await Rollups.ReadDevicesAsync(_database.DataSource, app, firstDevice));
        rows.AddRange(await Rollups.ReadAllAsync(_database.DataSource, app));
        return rows;
    }
}
