using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class WorkReaderTests : IAsyncLifetime
{
    private const string Key = "0000000000000001";

    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private WorkReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        _reader = new WorkReader(_database.DataSource, new DeviceDirectory(_database.DataSource));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("notes", "0000000000000009")]
    [InlineData("mail", Key)]
    [InlineData("notes", "no key")]
    public async Task Read_NoSuchDevice_IsNull(string app, string key)
    {
        await WriteAsync(Some.Event());
        Assert.Null(await _reader.ReadAsync(app, key, Some.Now, CancellationToken.None));
    }

    /// <summary>Folded or not, the answer is the same.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ResetRejectionsAndConflicts_AreSummedWithTheLastOfEach(bool isFolded)
    {
        await WriteAsync(
            Some.Event(id: 1, secondsAgo: 900) with { Type = SyncType.Reset, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "reset"), Rejected = 5 },
            Some.Event(id: 2, secondsAgo: 800) with { Type = SyncType.Reset, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "reset"), Rejected = 0 },
            Some.Event(id: 3, secondsAgo: 700) with { Outcome = SyncOutcome.Partial, Rejected = 2 },
            Some.Event(id: 4, secondsAgo: 600) with { Rejected = 1 },
            Conflict(5, 500, ConflictWinner.Remote, 3),
            Conflict(6, 400, ConflictWinner.Local, 7),
            Conflict(7, 300, ConflictWinner.Merged, 1),
            Conflict(8, 200, ConflictWinner.Remote, 0));
        if (isFolded)
            await new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(Some.Now), NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);

        var standing = await ReadAsync();

        Assert.Equal(
            [(WorkState.Discarded, 5L, 900), (WorkState.Rejected, 3L, 600), (WorkState.Overwritten, 4L, 300), (WorkState.OnServer, -1L, 200)],
            standing.Evidence.Select(evidence => (evidence.State, evidence.Items ?? -1, (int)(Some.Now - evidence.At).TotalSeconds)));
    }

    /// <summary>Success repeated, items wait, nothing moves: stuck after the third in a row, and no longer when one moves something.</summary>
    [Theory]
    [InlineData("iii", WorkState.Stuck)]
    [InlineData("ii", WorkState.Queued)]
    [InlineData("iipi", WorkState.Queued)]
    [InlineData("piii", WorkState.Stuck)]
    [InlineData("iiif", WorkState.Queued)]
    [InlineData("iifi", WorkState.Queued)]
    [InlineData("iioi", WorkState.Stuck)]
    public async Task Read_SyncsThatMoveNothing_AreStuck(string syncs, WorkState state)
    {
        await WriteAsync([.. syncs.Select((sync, place) => Sync(Some.Event(id: place, secondsAgo: 1000 - place) with { QueuedItems = 4 }, sync))]);
        Assert.Equal(state, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Read_OtherDevicesAndLaterThanNow_DoNotCount()
    {
        await WriteAsync(
            Some.Event(), Some.Event(device: 2, id: 2) with { Rejected = 9 },
            Some.Event(id: 3, secondsAgo: -7200) with { Rejected = 9 });
        Assert.DoesNotContain((await ReadAsync()).Evidence, evidence => evidence.State == WorkState.Rejected);
    }

    /// <summary>N6: two installs that look alike in their own words are told apart by the server's.</summary>
    [Fact]
    public async Task Read_ServersLog_TellsBlockedTelemetryFromBlockedSync()
    {
        await WriteAsync(Some.Event(id: 1, secondsAgo: 7200), Some.Event(device: 2, id: 2, secondsAgo: 60) with { Outcome = SyncOutcome.Failure, LastSuccessAt = Some.Now.AddHours(-9) });
        Assert.Equal(ChannelState.NoLog, (await ReadAsync()).Server.State);
        await new ServerLogWriter(_database.DataSource, NullLogger<ServerLogWriter>.Instance).WriteAsync(
            "notes", [new(1, Some.Now.AddMinutes(-1), 3), new(2, Some.Now.AddHours(-9), 5), new(3, Some.Now.AddDays(-2), 1)], Some.Now, CancellationToken.None);

        var telemetry = await ReadAsync();
        var sync = (await _reader.ReadAsync("notes", "0000000000000002", Some.Now, CancellationToken.None))!;

        Assert.Equal((ChannelState.TelemetryBlocked, Some.Now.AddMinutes(-1), 3), (telemetry.Server.State, telemetry.ProvenAt, telemetry.Server.Word!.AcceptedItems));
        Assert.Equal((ChannelState.SyncBlocked, Some.Now.AddHours(-9)), (sync.Server.State, sync.Server.Word!.HeardAt));
        Assert.Equal((Some.Now.AddDays(-2), Some.Now.AddMinutes(-1)), (sync.Server.Word.LogSince, sync.Server.Word.LogUntil));
    }

    private static EventRow Sync(EventRow e, char sync) => sync switch
    {
        'p' => e with { Pushed = 1 },
        'f' => e with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server },
        'o' => e with { Type = SyncType.Open, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "open") },
        _ => e,
    };

    private static EventRow Conflict(long id, int secondsAgo, ConflictWinner winner, int discarded) => Some.Event(id: id, secondsAgo: secondsAgo) with
    {
        ConflictCount = 1,
        Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, winner, discarded, 1)],
    };

    private async Task<WorkStanding> ReadAsync() => (await _reader.ReadAsync("notes", Key, Some.Now, CancellationToken.None))!;

    private async Task WriteAsync(params EventRow[] events) =>
        Assert.Equal(events.Length, (await _writer.WriteAsync(Some.Batch(events), CancellationToken.None)).Accepted);
}
