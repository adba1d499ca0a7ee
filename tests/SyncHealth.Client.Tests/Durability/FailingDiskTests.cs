using SQLitePCL;
using SyncHealth.Client.Tests.Durability.Disk;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A6: the disk refuses, at its k-th operation and from then on, until it is well again.</summary>
public sealed class FailingDiskTests : IDisposable
{
    private const int EventsPerStep = 5;
    private const int Steps = 6;

    private static readonly TimeSpan SlowestCall = TimeSpan.FromMilliseconds(5);

    private readonly TempFolder _folder = new();
    private readonly FakeIngest _ingest = new();
    private readonly List<TimeSpan> _calls = [];

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Kinds => ["full", "write", "sync", "read", "open", "read-only", "denied", "everything"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Disk_FailsFromItsKthOperation_IsToldAndCostsNothingOnceItIsOver(string kind)
    {
        var goal = new Goal("A6");
        var points = FaultScale.Of(test: 6, faults: 60, deep: 400);
        var counter = new FailingScript(int.MaxValue, _ => 0);
        await LiveAsync(counter);
        var struck = 0;
        for (var point = 0; point < points; point++)
        {
            var script = new FailingScript(1 + (point * counter.Seen / points), operation => CodeOf(kind, operation));
            await LiveAsync(script);
            struck += Math.Min(1, script.Struck);
        }

        Assert.True(struck > 0, "no fault struck");
        if (FaultScale.HoldsFigures)
            Assert.InRange(_calls.Order().ElementAt(_calls.Count * 99 / 100), TimeSpan.Zero, SlowestCall);
        goal.Reached($"{struck} lives of {points} met a disk that failed ({kind}) until healed, every event arrived once");
    }

    [Fact]
    public async Task Folder_DeletedWhileRunning_IsMadeAgainWithWhatItHeld()
    {
        var folder = _folder.File("queue");
        await using (var telemetry = SyncTelemetry.Create(Some.Options(_ingest, folder)))
        {
            Record(telemetry, 3);
            Assert.True(await telemetry.FlushToDiskAsync());
            Directory.Delete(folder, recursive: true);

            Record(telemetry, 2);
            Assert.True(await telemetry.FlushToDiskAsync());
            Assert.Equal((5, 5), (telemetry.Status.Issued, telemetry.Status.Queued));
        }

        await using var restarted = SyncTelemetry.Create(Some.Options(_ingest, folder));
        Assert.True(await restarted.FlushAsync());
        Assert.Equal([1, 2, 3, 4, 5], _ingest.Batches.SelectMany(batch => batch.Seqs));
        Assert.Empty(restarted.Status.Dropped);
    }

    /// <summary>EACCES or EROFS from a real file system, for root too: nobody can make a file in <c>/sys</c>.</summary>
    [Fact]
    public async Task Folder_MayNotBeWritten_IsToldAndUsedOnceItMay()
    {
        var folder = _folder.File("queue");
        Directory.CreateSymbolicLink(folder, "/sys/kernel");
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, folder));
        Record(telemetry, 3);

        Assert.False(await telemetry.FlushToDiskAsync());
        Assert.Equal(SyncTelemetryState.StorageUnavailable, telemetry.Status.State);
        File.Delete(folder);
        Record(telemetry, 2);

        Assert.True(await telemetry.FlushToDiskAsync());
        Assert.True(await telemetry.FlushAsync());
        Assert.Equal([1, 2, 3, 4, 5], _ingest.Batches.SelectMany(batch => batch.Seqs));
        Assert.Empty(telemetry.Status.Dropped);
    }

    /// <summary>Lives on a disk that may fail; it is healed, and then everything must be there once.</summary>
    private async Task LiveAsync(FailingScript script)
    {
        var folder = _folder.File(Guid.NewGuid().ToString("N"));
        var before = _ingest.Events.Count;
        var options = Some.Options(_ingest, folder);
        using var watched = FaultyDisk.Watch(folder, script);
        await using (var telemetry = SyncTelemetry.Create(options))
        {
            for (var step = 0; step < Steps; step++)
            {
                Record(telemetry, EventsPerStep);
                if (!await telemetry.FlushToDiskAsync())
                    Assert.True(script.Struck > 0, telemetry.Status.LastProblem);
                if (step == Steps / 2)
                    await telemetry.FlushAsync();
            }

            script.Heal();
            await Eventually.TrueAsync(() => telemetry.FlushAsync().GetAwaiter().GetResult(), "the disk is used again");
            Assert.Equal((Steps * EventsPerStep, Steps * EventsPerStep), (telemetry.Status.Issued, telemetry.Status.Sent));
            Assert.Empty(telemetry.Status.Dropped);
        }

        Assert.Equal(Steps * EventsPerStep, _ingest.Events.Count - before);
        Assert.Empty(Directory.GetFiles(folder, "*.damaged"));
    }

    private void Record(SyncTelemetry telemetry, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            telemetry.StartSync(SyncType.Delta).Succeed();
            _calls.Add(TimeProvider.System.GetElapsedTime(start));
        }
    }

    private static int CodeOf(string kind, DiskOperation operation) => (kind, operation) switch
    {
        ("full", DiskOperation.Write) => raw.SQLITE_FULL,
        ("read-only", DiskOperation.Write or DiskOperation.Truncate or DiskOperation.Delete) => raw.SQLITE_READONLY,
        ("denied", DiskOperation.Open) => raw.SQLITE_PERM,
        ("write" or "everything", DiskOperation.Write) => raw.SQLITE_IOERR | (3 << 8),
        ("sync" or "everything", DiskOperation.Sync) => raw.SQLITE_IOERR | (4 << 8),
        ("read" or "everything", DiskOperation.Read) => raw.SQLITE_IOERR | (1 << 8),
        ("everything", DiskOperation.Truncate) => raw.SQLITE_IOERR | (6 << 8),
        ("everything", DiskOperation.Delete) => raw.SQLITE_IOERR | (10 << 8),
        ("open" or "everything", DiskOperation.Open) => raw.SQLITE_CANTOPEN,
        _ => 0,
    };
}
