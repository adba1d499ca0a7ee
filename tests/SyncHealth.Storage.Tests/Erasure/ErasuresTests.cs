using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Erasure;

/// <summary>Reliability G2: erasing is everywhere, for good, harmless to repeat, and safe while others write and fold.</summary>
public sealed class ErasuresTests : IAsyncLifetime
{
    private ErasureStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ErasureStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>A table that can hold a device and that this test does not fill fails it: nobody forgets it here.</summary>
    [Fact]
    public async Task EraseDevice_FilledInEveryTable_LeavesOnlyTheTombstone()
    {
        await _stage.FillAsync();
        var before = await _stage.RowsOfAsync(ErasureStage.Device);
        Assert.Equal(await _stage.TablesOfDevicesAsync(), before.Keys);
        var neighbour = await _stage.RowsOfAsync(ErasureStage.Neighbour);

        var result = await EraseAsync(ErasureStage.Device);

        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
        Assert.Equal(neighbour, await _stage.RowsOfAsync(ErasureStage.Neighbour));
        Assert.Equal((1L, 6L), (result.Devices, result.Events));
        Assert.Equal(Some.Now, result.DoneAt);
        Assert.True(result.OtherRows >= 10, $"{result.OtherRows} rows");
    }

    [Fact]
    public async Task EraseDevice_Rollups_Stay()
    {
        await _stage.FillAsync();
        await _stage.Fold.FoldAsync(CancellationToken.None);
        var before = await Rollups.ReadAllAsync(_stage.Database.DataSource, "notes");

        await EraseAsync(ErasureStage.Device);

        Assert.NotEmpty(before);
        Assert.Equal(before, await Rollups.ReadAllAsync(_stage.Database.DataSource, "notes"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ThousandLateEventsOfAnErasedDevice_StoresNoneAndSaysWhich(bool isResend)
    {
        await _stage.FillAsync();
        await EraseAsync(ErasureStage.Device);

        var batch = Some.Batch([.. Enumerable.Range(0, 1000).Select(i => ErasureStage.Event(ErasureStage.Device, i, daysAgo: i % 20)), ErasureStage.Event(ErasureStage.Neighbour, 77, daysAgo: 0)]);
        batch.LikelyResend = isResend;
        batch.Quarantined.Add(new QuarantinedEvent("notes", ErasureStage.Device, Some.Now.AddDays(-60), "timestamp_out_of_range", "{}"));
        batch.Drops.Add(new ReportedDrop("notes", ErasureStage.Device, 6, "queue_full", 3));
        var receipt = await _stage.Writer.WriteAsync(batch, CancellationToken.None);

        Assert.Equal((WriteStatus.Committed, 1, 0), (receipt.Status, receipt.Accepted, receipt.Duplicates));
        Assert.Equal(Enumerable.Range(0, 1000), receipt.Erased!.Order());
        await _stage.Fold.FoldAsync(CancellationToken.None);
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
    }

    [Fact]
    public async Task EraseDevice_Again_IsHarmlessAndDeletesNothing()
    {
        await _stage.FillAsync();
        await EraseAsync(ErasureStage.Device);
        var all = await RowCountsAsync();

        var again = await EraseAsync(ErasureStage.Device);

        Assert.Equal((0L, 0L, 0L), (again.Devices, again.Events, again.OtherRows));
        Assert.Equal(all, await RowCountsAsync());
    }

    [Fact]
    public async Task EraseDevice_NeverHeardOf_RefusesWhatComesLater()
    {
        var result = await EraseAsync(ErasureStage.Device);
        var receipt = await _stage.WriteAsync(ErasureStage.Event(ErasureStage.Device, 1, daysAgo: 0));

        Assert.Equal((0L, 0L), (result.Devices, result.Events));
        Assert.Equal((0, 1), (receipt.Accepted, receipt.Erased!.Count));
    }

    [Fact]
    public async Task Erasure_IsRecordedWithoutNamingAnybody()
    {
        await _stage.FillAsync();
        await EraseAsync(ErasureStage.Device);

        Assert.Equal("notes|device|1|6|2026-03-04", await _stage.ScalarAsync<string>("select concat_ws('|', app_name, kind, devices, events, (done_at at time zone 'UTC')::date) from synchealth.erasure"));
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
    }

    /// <summary>Their own device goes whole; on a device that somebody else has now, only what names them.</summary>
    [Fact]
    public async Task EraseUser_TakesTheirDevicesAndTheirEventsElsewhere()
    {
        await _stage.FillAsync();
        await _stage.WriteAsync(ErasureStage.Event(ErasureStage.Neighbour, 8, daysAgo: 3) with { UserKey = ErasureStage.User });

        var result = await _stage.Erasures.EraseUserAsync("notes", ErasureStage.User, CancellationToken.None);

        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.User)).Keys);
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
        Assert.Equal((1L, 7L), (result.Devices, result.Events));
        Assert.Equal(6L, await _stage.ScalarAsync<long>("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task EraseUser_LaterEventsOfThem_AreRefusedOnAnyDevice_OthersOfItAreTaken()
    {
        await _stage.Erasures.EraseUserAsync("notes", ErasureStage.User, CancellationToken.None);

        var receipt = await _stage.WriteAsync(
            ErasureStage.Event(ErasureStage.Neighbour, 1, daysAgo: 0) with { UserKey = ErasureStage.User }, ErasureStage.Event(ErasureStage.Neighbour, 2, daysAgo: 0));

        Assert.Equal((1, 0), (receipt.Accepted, Assert.Single(receipt.Erased!)));
        Assert.Equal([], (await _stage.RowsOfAsync(ErasureStage.User)).Keys.Except(["erased_key"]));
    }

    /// <summary>Twins of one identity of which one names an erased user: either order stores at most the other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_TwinOfAnErasedEvent_StoresNothingOfTheUser(bool erasedFirst)
    {
        await _stage.Erasures.EraseUserAsync("notes", ErasureStage.User, CancellationToken.None);
        var plain = ErasureStage.Event(ErasureStage.Neighbour, 1, daysAgo: 0);
        var named = plain with { UserKey = ErasureStage.User };

        var receipt = await _stage.WriteAsync(erasedFirst ? [named, plain, plain] : [plain, named, plain]);

        Assert.Equal(3, receipt.Accepted + receipt.Duplicates + receipt.Erased!.Count);
        Assert.Equal([], (await _stage.RowsOfAsync(ErasureStage.User)).Keys.Except(["erased_key"]));
    }

    /// <summary>The event is copied and not committed when the erasure begins: it waits for it, and takes it too.</summary>
    [Fact]
    public async Task EraseDevice_EventOfAnotherProcessInFlight_WaitsAndTakesItToo()
    {
        await using var otherProcess = _stage.NewWriter();
        Task<WriteReceipt> writing;
        Task<ErasureResult> erasing;
        await using (var gate = await TableLock.TakeAsync(_stage.Database, "synchealth.core_increment"))
        {
            writing = otherProcess.WriteAsync(Some.Batch(ErasureStage.Event(ErasureStage.Device, 1, daysAgo: 0)), CancellationToken.None).AsTask();
            await gate.WaitersAsync(1);
            erasing = EraseAsync(ErasureStage.Device);
            await _stage.AdvisoryWaitersAsync(1);
        }

        Assert.Equal(1, (await writing).Accepted);
        Assert.Equal(1, (await erasing).Events);
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
    }

    /// <summary>The fold has taken the device's increments and not committed: the erasure waits, and takes what it folded.</summary>
    [Fact]
    public async Task EraseDevice_FoldInFlight_WaitsAndTakesWhatItFolds()
    {
        await _stage.FillAsync();
        Task folding;
        Task<ErasureResult> erasing;
        await using (var gate = await TableLock.TakeAsync(_stage.Database, "synchealth.device_state"))
        {
            folding = _stage.Fold.FoldAsync(CancellationToken.None);
            await gate.WaitersAsync(1);
            erasing = EraseAsync(ErasureStage.Device);
            await _stage.AdvisoryWaitersAsync(1);
        }

        await folding;
        await erasing;
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
    }

    /// <summary>Three writers, a fold and retention at work, one device among others: whatever the order, nothing of it is left and nothing else is lost.</summary>
    [Fact]
    public async Task EraseDevice_WhileEverybodyWorks_LeavesNothingOfItAndAllOfTheOthers()
    {
        await using var second = _stage.NewWriter();
        await using var third = _stage.NewWriter();
        using var stop = new CancellationTokenSource();
        var folds = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await _stage.Fold.FoldAsync(CancellationToken.None);
        });
        var writes = new[] { _stage.Writer, second, third }.Select((writer, process) => Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
            {
                // A sender keeps what was not acknowledged and sends it again: a partition that is being made may refuse a group.
                var batch = Some.Batch(ErasureStage.Event(ErasureStage.Device, (process * 1000) + round, round % 9), ErasureStage.Event(ErasureStage.Neighbour, (process * 1000) + round, round % 9));
                while ((await writer.WriteAsync(batch, CancellationToken.None)).Status != WriteStatus.Committed)
                    batch.LikelyResend = true;
            }
        })).ToArray();
        await EraseAsync(ErasureStage.Device);
        await new MaintenanceLoop(_stage.Database.DataSource, new StorageOptions(), _stage.Clock, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(CancellationToken.None);
        await Task.WhenAll(writes);
        await stop.CancelAsync();
        await folds;
        await _stage.Fold.FoldAsync(CancellationToken.None);

        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
        Assert.Equal(120L, await _stage.ScalarAsync<long>("select count(*) from synchealth.event"));
        Assert.Equal(120L, await _stage.ScalarAsync<long>("select sum(attempts) from synchealth.device_release_folded"));
    }

    /// <summary>Broken off between its steps: the tombstone holds, and the next maintenance finishes it.</summary>
    [Fact]
    public async Task Resume_ErasureBrokenOff_IsFinishedByMaintenance()
    {
        await _stage.FillAsync();
        await using (var gate = await TableLock.TakeAsync(_stage.Database, "synchealth.device_state"))
        {
            using var kill = new CancellationTokenSource();
            var erasing = _stage.Erasures.EraseDeviceAsync("notes", ErasureStage.Device, kill.Token);
            await gate.WaitersAsync(1);
            await kill.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => erasing);
        }

        Assert.True((await _stage.RowsOfAsync(ErasureStage.Device)).Count > 1);
        Assert.Equal(0, (await _stage.WriteAsync(ErasureStage.Event(ErasureStage.Device, 99, daysAgo: 0))).Accepted);
        Assert.Equal(0, await _stage.Erasures.ResumeAsync(CancellationToken.None));
        _stage.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(1, await _stage.Erasures.ResumeAsync(CancellationToken.None));
        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
        Assert.Equal(0, await _stage.Erasures.ResumeAsync(CancellationToken.None));
    }

    /// <summary>Hours and days with more devices than a set holds exactly: the estimate names nobody, keys that wait beside it do.</summary>
    [Fact]
    public async Task EraseDevice_InEstimatedSets_TakesItsKeyAndLeavesTheEstimate()
    {
        await _stage.WriteAsync([.. Enumerable.Range(0, 2_100).Select(i => ErasureStage.Event(1_000_000 + i, 1, daysAgo: 5))]);
        await _stage.Fold.FoldAsync(CancellationToken.None);
        await _stage.MoveHoursAsync();
        await _stage.WriteAsync(ErasureStage.Event(ErasureStage.Device, 1, daysAgo: 5));
        await _stage.Fold.FoldAsync(CancellationToken.None);
        await _stage.MoveHoursAsync();
        var held = await _stage.RowsOfAsync(ErasureStage.Device);
        Assert.Equal((2L, 6L), (held["device_set"], held["device_margin"]));

        await EraseAsync(ErasureStage.Device);

        Assert.Equal(["erased_key"], (await _stage.RowsOfAsync(ErasureStage.Device)).Keys);
        Assert.Equal(2L, await _stage.ScalarAsync<long>("select count(*) from synchealth.device_set where length(registers) > 0"));
        Assert.Equal(6L, await _stage.ScalarAsync<long>("select count(*) from synchealth.device_margin where length(registers) > 0"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0000000000000001", "")]
    [InlineData("0000000000000002", "0000000000000002")]
    [InlineData("000000000000000100000000000000020000000000000001", "0000000000000002")]
    // The same eight bytes, but across two keys: neither of them.
    [InlineData("00000000000000000000000000010000", "00000000000000000000000000010000")]
    public async Task WithoutDevices_TakesWholeKeysOnly(string keys, string left)
    {
        await using var connection = await _stage.Database.DataSource.OpenConnectionAsync();
        var result = await connection.ExecuteScalarAsync<byte[]>("select synchealth.without_devices(@keys, array[1, 5]::bigint[])", new { keys = Convert.FromHexString(keys) });
        Assert.Equal(left, Convert.ToHexStringLower(result!));
    }

    private Task<ErasureResult> EraseAsync(long device) => _stage.Erasures.EraseDeviceAsync("notes", device, CancellationToken.None);

    private async Task<string> RowCountsAsync() => await _stage.ScalarAsync<string>("""
        select string_agg(format('%s=%s', c.relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from synchealth.%I', c.relname), false, true, '')))[1]), ' ' order by c.relname)
        from pg_class c where c.relnamespace = 'synchealth'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'erasure'
        """);
}
