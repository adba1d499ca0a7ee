using System.Text;
using Microsoft.Data.Sqlite;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A7: whatever is found where the queue should be, the telemetry starts, keeps what can be read and tells the rest.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const int Events = 300;
    private const int PageBytes = 4096;

    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(2);

    private readonly TempFolder _sound = new();
    private readonly byte[] _file;
    private readonly byte[] _log;

    public DamagedFilesTests()
    {
        using (var queue = Some.Queue(_sound.FullPath))
        {
            for (var stored = 0; stored < Events; stored += 100)
                Assert.True(queue.Append(Some.Records(100), Some.NoDrops));
            // As a killed app leaves them: the newest events are in the log only.
            Copy(_sound.FullPath, _sound.File("killed"));
        }

        _file = File.ReadAllBytes(_sound.File("killed/queue.db"));
        _log = File.ReadAllBytes(_sound.File("killed/queue.db-wal"));
    }

    public void Dispose() => _sound.Dispose();

    [Fact]
    public void Start_OnAnyMutation_GoesOnAndTheBooksBalance()
    {
        var goal = new Goal("A7");
        var random = new Random(FaultScale.Seed);
        var mutations = FaultScale.Of(test: 120, faults: 1_000, deep: 20_000);
        var (kept, slowest) = (0L, TimeSpan.Zero);
        for (var mutation = 0; mutation < mutations; mutation++)
        {
            using var folder = new TempFolder();
            Mutate(folder, mutation, random);
            var start = TimeProvider.System.GetTimestamp();
            using var queue = Some.Queue(folder.FullPath);

            Assert.True(queue.TryOpen(), $"mutation {mutation}: {queue.Problem}");
            var opened = TimeProvider.System.GetElapsedTime(start);
            slowest = opened > slowest ? opened : slowest;
            Assert.True(queue.Append(Some.Records(1), Some.NoDrops), $"mutation {mutation}: {queue.Problem}");
            Assert.True(queue.Books!.Queued >= 1 && queue.Books.Queued == queue.Books.Lost, $"mutation {mutation}: {queue.Books}");
            Assert.InRange(Directory.GetFiles(folder.FullPath, "*.damaged").Length, 0, 1);
            kept += queue.Books.Queued - 1;
            goal.Step(mutations);
        }

        if (FaultScale.HoldsFigures)
            Assert.InRange(slowest, TimeSpan.Zero, SlowestStart);
        goal.Reached($"{mutations} mutated folders, every start went on, {100.0 * kept / mutations / Events:0} % of the events kept, slowest start {slowest.TotalMilliseconds:0} ms");
    }

    [Fact]
    public void Start_OnePageOfEventsDamaged_KeepsTheEventsOfTheOthersAndTellsTheRest()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("queue.db"), WithoutPage(_sound.File("queue.db"), Encoding.ASCII.GetBytes("\"seq\":150,")));

        using var queue = Some.Queue(folder.FullPath);
        Assert.True(queue.TryOpen(), queue.Problem);

        var lost = queue.Books!.Dropped[DropReasons.QueueDamaged];
        Assert.InRange(lost, 1, 40);
        Assert.Equal((Events, Events - lost), (queue.Books.Issued, queue.Books.Queued));
        var numbers = QueueLife.Drain(queue).SelectMany(QueueLife.Names).Select(name => name.Seq).ToList();
        Assert.DoesNotContain(150, numbers);
        Assert.Contains(1, numbers);
        Assert.Contains(Events, numbers);
    }

    [Fact]
    public void Start_ReplacementInterrupted_FinishesIt()
    {
        using var folder = new TempFolder();
        File.Copy(_sound.File("queue.db"), folder.File("queue.db.new"));
        File.WriteAllBytes(folder.File("queue.db-wal"), _log);
        File.WriteAllText(folder.File("queue.db.damaged"), "what was damaged");

        using var queue = Some.Queue(folder.FullPath);

        Assert.True(queue.TryOpen(), queue.Problem);
        Assert.Equal(Events, queue.Books!.Queued);
        Assert.False(File.Exists(folder.File("queue.db.new")));
    }

    /// <summary>The file with the page that holds <paramref name="mark"/> overwritten.</summary>
    private static byte[] WithoutPage(string path, byte[] mark)
    {
        var bytes = File.ReadAllBytes(path);
        var page = bytes.AsSpan().IndexOf(mark) / PageBytes;
        Assert.True(page > 0, "the event is in no page");
        bytes.AsSpan(page * PageBytes, PageBytes).Fill(0xEE);
        return bytes;
    }

    private void Mutate(TempFolder folder, int mutation, Random random)
    {
        var (file, log) = ((byte[])_file.Clone(), (byte[])_log.Clone());
        switch (mutation % 10)
        {
            case 0:
                Flip(file, 1 + random.Next(16), random);
                break;
            case 1:
                Flip(log, 1 + random.Next(16), random);
                break;
            case 2:
                file = file[..(PageBytes * random.Next((file.Length / PageBytes) + 1))];
                break;
            case 3:
                log = log[..random.Next(log.Length + 1)];
                break;
            case 4:
                file.AsSpan(PageBytes * random.Next(file.Length / PageBytes), PageBytes).Clear();
                break;
            case 5:
                random.NextBytes(file.AsSpan(0, 100));
                break;
            case 6:
                random.NextBytes(file);
                break;
            case 7:
                (file, log) = (Foreign(random.Next(3)), []);
                break;
            case 8:
                log.AsSpan(random.Next(log.Length / 2), log.Length / 2).Clear();
                break;
            default:
                Flip(file, 3, random);
                Flip(log, 3, random);
                File.WriteAllText(folder.File("queue.db.lock"), "left behind");
                File.WriteAllBytes(folder.File("queue.db.damaged"), [1, 2, 3]);
                break;
        }

        File.WriteAllBytes(folder.File("queue.db"), file);
        if (log.Length > 0)
            File.WriteAllBytes(folder.File("queue.db-wal"), log);
    }

    private static void Flip(byte[] bytes, int times, Random random)
    {
        for (var i = 0; i < times; i++)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
    }

    private static byte[] Foreign(int kind)
    {
        using var folder = new TempFolder();
        using (var database = new SqliteConnection($"Data Source={folder.File("foreign.db")};Pooling=false"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = kind switch
            {
                0 => "create table event (id integer); pragma user_version = 1;",
                1 => "create table install (only_row integer, id text); insert into install values (1, 'x'); pragma user_version = 1;",
                _ => "pragma user_version = 77; create table later (x);",
            };
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(folder.File("foreign.db"));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "queue.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }
}
