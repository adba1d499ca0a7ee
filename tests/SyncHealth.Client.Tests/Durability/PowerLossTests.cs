using SyncHealth.Client.Tests.Durability.Disk;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A13: the power goes at any operation of the disk, and takes any part of what was not synced with it.</summary>
public sealed class PowerLossTests
{
    [Fact]
    public void PowerLoss_AtAnyOperation_KeepsEveryPromise()
    {
        var goal = new Goal("A13");
        var images = FaultScale.Of(test: 60, faults: 500, deep: 10_000);

        var operations = Lose(new RecordingScript(), images);

        goal.Reached($"{images} images of a disk of {operations} operations, every event promised is there or had left, none altered");
    }

    /// <summary>H1: the queue would not ask for anything to survive a loss of power.</summary>
    [Fact]
    public void PowerLoss_WithoutFsync_IsFound() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Lose(new RecordingScript(syncs: false), images: 60));

    /// <summary>Lives, and loses the power so often. Says how many operations the disk saw.</summary>
    private static int Lose(RecordingScript recorder, int images)
    {
        var random = new Random(FaultScale.Seed);
        using var folder = new TempFolder();
        var life = new QueueLife(folder.FullPath, () => recorder.Entries.Count);
        using (FaultyDisk.Watch(folder.FullPath, recorder))
            life.Live();

        for (var image = 0; image < images; image++)
            Judge(life, recorder.Entries, random.Next(1, recorder.Entries.Count + 1), random, $"image {image}");
        return recorder.Entries.Count;
    }

    [Fact]
    public void CrashFile_Unsynced_MayBeGoneWholeOrTorn()
    {
        var random = new Random(5);
        var seen = new HashSet<string>();
        for (var i = 0; i < 400; i++)
        {
            var file = new CrashFile();
            file.Change(new DiskEntry(DiskOperation.Write, "f", [.. Enumerable.Repeat((byte)1, 512)], 0));
            file.Sync();
            file.Change(new DiskEntry(DiskOperation.Write, "f", [.. Enumerable.Repeat((byte)2, 1024)], 0));
            var bytes = file.Image(random)!;
            seen.Add(string.Join(' ', bytes.Chunk(512).Select(sector => sector[0])));
        }

        Assert.Superset(new HashSet<string> { "1", "2 2", "2 0", "1 2" }, seen);
    }

    private static void Judge(QueueLife life, IReadOnlyList<DiskEntry> entries, int count, Random random, string what)
    {
        using var folder = new TempFolder();
        CrashImage.Write(entries, count, random, folder.FullPath);
        using var queue = QueueLife.Open(folder.FullPath);

        Assert.True(queue.TryOpen(), $"{what}: {queue.Problem}");
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.damaged"));
        Assert.Equal(queue.Books!.Queued, queue.Books.Lost);
        var found = QueueLife.Drain(queue).SelectMany(QueueLife.Names).ToDictionary(name => name.Seq, name => name.Id);

        Assert.All(found, pair => Assert.Equal(life.Ids[pair.Key], pair.Value));
        var promised = life.Promises.LastOrDefault(promise => promise.Operations <= count).Issued;
        for (var seq = 1L; seq <= promised; seq++)
            Assert.True(found.ContainsKey(seq) || life.Departures.Exists(d => d.Operations <= count && d.First <= seq && seq <= d.Last), $"{what}: event {seq} of {promised} is gone");
    }
}
