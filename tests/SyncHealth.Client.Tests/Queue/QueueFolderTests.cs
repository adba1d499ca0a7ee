using Microsoft.Data.Sqlite;
using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Queue;

public sealed class QueueFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<SyncNotice> _notices = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_SecondQueueOnOneFolder_GetsAFileAndAnInstallOfItsOwn()
    {
        using var first = Open();
        using var second = Open();

        first.Append(Some.Records(2), Some.NoDrops);
        second.Append(Some.Records(3), Some.NoDrops);

        Assert.NotEqual(first.Books!.InstallId, second.Books!.InstallId);
        Assert.Equal((2L, 3L), (first.Books.Queued, second.Books.Queued));
        Assert.True(File.Exists(_folder.File("queue-2.db")));
    }

    [Fact]
    public void Open_MoreQueuesThanFiles_FailsAsDataAndSaysSo()
    {
        var queues = Enumerable.Range(0, 8).Select(_ => Open()).ToList();
        using var ninth = Open();

        Assert.All(queues, queue => Assert.NotNull(queue.Books));
        Assert.False(ninth.TryOpen());
        Assert.Equal("storage_unavailable", Assert.Single(_notices).Code);
        queues.ForEach(queue => queue.Dispose());
    }

    [Theory]
    [InlineData("this is no database at all, and long enough to have a header of one hundred bytes, which SQLite reads first of all things")]
    [InlineData("SQLite format 3\0")]
    public void Open_GarbageFile_IsSetAsideCountedAndReplaced(string content)
    {
        File.WriteAllText(_folder.File("queue.db"), content);

        using var queue = Open();
        queue.Append(Some.Records(1), Some.NoDrops);

        Assert.True(File.Exists(_folder.File("queue.db.damaged")));
        Assert.Equal(1, queue.Books!.Dropped[DropReasons.QueueDamaged]);
        Assert.Equal(1, queue.Books.Queued);
        Assert.Equal(queue.Books.Queued, queue.Books.Lost);
        Assert.Equal("queue_damaged", Assert.Single(_notices).Code);
    }

    [Fact]
    public void Open_DamagedPages_KeepsIdentityAndNumbersAndCountsTheLossExactly()
    {
        var install = Fill(600, sent: 100);
        Damage(fromPage: 14);

        using var queue = Open();
        queue.Append(Some.Records(1), Some.NoDrops);

        Assert.Equal(install, queue.Books!.InstallId);
        var kept = queue.Books.Queued - 1;
        Assert.Equal((601L, 100L), (queue.Books.Issued, queue.Books.Sent));
        Assert.InRange(kept, 1, 499);
        Assert.Equal(500 - kept, queue.Books.Dropped[DropReasons.QueueDamaged]);
    }

    [Fact]
    public void Open_ForeignDatabase_IsSetAside()
    {
        using (var foreign = new SqliteConnection("Data Source=" + _folder.File("queue.db") + ";Pooling=false"))
        {
            foreign.Open();
            using var command = foreign.CreateCommand();
            command.CommandText = "create table event (id integer); pragma user_version = 1;";
            command.ExecuteNonQuery();
        }

        using var queue = Open();

        Assert.True(queue.Append(Some.Records(1), Some.NoDrops));
        Assert.True(File.Exists(_folder.File("queue.db.damaged")));
    }

    [Theory]
    [InlineData("new.json", "new.jsxn")]
    [InlineData("key           text", "kex           text")]
    public void Open_TextOfTheTablesDamaged_KeepsIdentityAndEvents(string sound, string damaged)
    {
        var install = Fill(5, sent: 0);
        using (var database = new SqliteConnection("Data Source=" + _folder.File("queue.db") + ";Pooling=false"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "pragma writable_schema = on; update sqlite_schema set sql = replace(sql, @sound, @damaged);";
            command.Parameters.AddWithValue("@sound", sound);
            command.Parameters.AddWithValue("@damaged", damaged);
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        using var queue = Open();

        Assert.True(queue.Append(Some.Records(1), Some.NoDrops), queue.Problem);
        Assert.Equal((install, 6L, 6L), (queue.Books!.InstallId, queue.Books.Issued, queue.Books.Queued));
        Assert.True(File.Exists(_folder.File("queue.db.damaged")));
    }

    [Fact]
    public void Open_FileOfANewerVersion_IsLeftAlone()
    {
        Fill(3, sent: 0);
        using (var newer = new SqliteConnection("Data Source=" + _folder.File("queue.db") + ";Pooling=false"))
        {
            newer.Open();
            using var command = newer.CreateCommand();
            command.CommandText = "pragma user_version = 99;";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(_folder.File("queue.db"));
        using (var queue = Open())
            Assert.True(queue.Append(Some.Records(1), Some.NoDrops));

        Assert.Equal(before, File.ReadAllBytes(_folder.File("queue.db")));
    }

    [Fact]
    public void Open_AnyByteFlipped_StartsAndBalances()
    {
        Fill(300, sent: 0);
        var sound = File.ReadAllBytes(_folder.File("queue.db"));
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            foreach (var file in Directory.GetFiles(_folder.FullPath))
                File.Delete(file);
            var mutated = (byte[])sound.Clone();
            for (var k = 0; k < 8; k++)
                mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_folder.File("queue.db"), i % 5 == 0 ? mutated[..(4096 * (1 + random.Next(mutated.Length / 4096)))] : mutated);

            using var queue = Open();

            Assert.True(queue.Append(Some.Records(1), Some.NoDrops), $"mutation {i}: {queue.Problem}");
        }
    }

    private EventQueue Open()
    {
        var queue = new EventQueue(new QueueFolder(_folder.FullPath), Some.Limits(), new Uptime(Some.Clock()), new Announcer(_notices.Add));
        queue.TryOpen();
        return queue;
    }

    private string Fill(int events, int sent)
    {
        using var queue = Open();
        queue.Append(Some.Records(events), Some.NoDrops);
        for (var done = 0; done < sent; done += 100)
            queue.Settle(queue.Take()!, 0);
        return queue.Books!.InstallId;
    }

    private void Damage(int fromPage)
    {
        using var file = File.OpenWrite(_folder.File("queue.db"));
        file.Position = fromPage * 4096L;
        file.Write(new byte[(int)(file.Length - file.Position)]);
    }
}
